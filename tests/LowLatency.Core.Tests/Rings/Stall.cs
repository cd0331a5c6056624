namespace LowLatency.Core.Tests.Rings;

/// <summary>Delays of stress tests: most turns none, some a moment, few a change of threads.</summary>
internal static class Stall
{
    public static void AtRandom(Random random)
    {
        int dice = random.Next(1024);
        if (dice == 0) Thread.Yield();
        else if (dice < 8) Thread.SpinWait(50);
    }
}
