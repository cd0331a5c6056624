namespace LowLatency.Market.Instruments;

/// <summary>The instruments' symbols and their dense ids.</summary>
/// <param name="capacity">How many instruments there can be, at least 1.</param>
public sealed class InstrumentTable(int capacity) : NameTable(capacity)
{
    /// <summary>The id that stands for "no room for this instrument" in a record's header.</summary>
    public const uint Unknown = uint.MaxValue;

    /// <summary>The symbol of an instrument.</summary>
    /// <param name="instrument">Its id.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instrument.</exception>
    public string Symbol(uint instrument) => NameOf(instrument);
}
