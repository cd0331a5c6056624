namespace LowLatency.Core.Rings;

/// <summary>Where a consumer looks for news on a ring of one producer with stamped events.</summary>
internal enum RingLook
{
    /// <summary>At the stamp of the next event, and where it is not there at the cursor: sees that something is published, whatever it is.</summary>
    Both,

    /// <summary>At the stamp alone: in the line that will be read anyway, but an event that was published behind another may stay unseen.</summary>
    Stamp,

    /// <summary>At the cursor alone, which leaves the line of the next event to the producer: sees everything that is published.</summary>
    Cursor,
}
