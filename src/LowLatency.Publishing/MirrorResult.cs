namespace LowLatency.Publishing;

/// <summary>What became of a record that was to be written to a mirror.</summary>
internal enum MirrorResult
{
    /// <summary>It is written, or was before.</summary>
    Done,

    /// <summary>The ring has no room now.</summary>
    NoRoom,

    /// <summary>Records of its stream before it have not come.</summary>
    Gap,
}
