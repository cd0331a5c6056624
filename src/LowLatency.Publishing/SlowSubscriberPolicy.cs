namespace LowLatency.Publishing;

/// <summary>What becomes of records when a subscriber that Aeron waits for (a tethered one) does not read.</summary>
public enum SlowSubscriberPolicy
{
    /// <summary>They wait in the engine's ring while half of it is free; then the stream's records are dropped and counted until the subscriber reads again. The engine never waits.</summary>
    Drop,

    /// <summary>The engine waits: nothing is lost, and a subscriber that stops stops everything.</summary>
    Wait,
}
