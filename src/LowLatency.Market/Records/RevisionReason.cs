namespace LowLatency.Market.Records;

/// <summary>Why a bar was revised. The values are part of the wire format.</summary>
public enum RevisionReason : byte
{
    /// <summary>It was not.</summary>
    None = 0,

    /// <summary>A trade arrived after its bar had closed.</summary>
    Late = 1,

    /// <summary>A trade was cancelled.</summary>
    Cancel = 2,

    /// <summary>A trade was corrected.</summary>
    Correction = 3,
}
