namespace LowLatency.Core.Rings;

/// <summary>Where a consumer looks for news on a ring of one producer with stamped events.</summary>
internal enum RingLook
{
    /// <summary>At the stamp alone, in the line that will be read anyway: sees the next event, provided that it is the first of its publication.</summary>
    Stamp,

    /// <summary>At the cursor alone, which leaves the line of the next event to the producer: sees everything that is published.</summary>
    Cursor,
}
