namespace LowLatency.Aeron.Driver;

/// <summary>How an untethered subscription stands to a publication. A tethered one is always active.</summary>
internal enum TetherState
{
    /// <summary>It has the image.</summary>
    Active,

    /// <summary>It was told that the image has gone; its position counts still, as it may be in the midst of reading.</summary>
    Linger,

    /// <summary>Its position counts no more; it gets the image again later.</summary>
    Resting,

    /// <summary>It does not want the image again; its counter is freed.</summary>
    Closed,
}
