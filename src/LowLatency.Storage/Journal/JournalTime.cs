namespace LowLatency.Storage.Journal;

/// <summary>By which of a record's times it is looked for.</summary>
public enum JournalTime
{
    /// <summary>When it happened, by the venue: event_ns.</summary>
    Event,

    /// <summary>When it was received: receive_ns.</summary>
    Receive,
}
