namespace LowLatency.Market.Records;

/// <summary>What a spike record tells. The values are part of the wire format.</summary>
public enum SpikeState : byte
{
    /// <summary>The spike begins.</summary>
    Begin = 0,

    /// <summary>The spike ends.</summary>
    End = 1,

    /// <summary>The input ends while the spike is on: what it is so far.</summary>
    Open = 2,
}
