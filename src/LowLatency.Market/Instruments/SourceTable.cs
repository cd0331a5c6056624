namespace LowLatency.Market.Instruments;

/// <summary>Where ticks come from: each pair of feed and venue has a dense id of one byte. Id 0 is "unknown".</summary>
public sealed class SourceTable : NameTable
{
    /// <summary>The id of a source that nobody named.</summary>
    public const byte UnknownId = 0;

    /// <summary>Makes a table that holds "unknown" alone.</summary>
    public SourceTable()
        : base(256)
    {
        TryGetOrAdd("unknown"u8, out _);
    }

    /// <summary>The name of a source.</summary>
    /// <param name="source">Its id.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such source.</exception>
    public string Name(byte source) => NameOf(source);
}
