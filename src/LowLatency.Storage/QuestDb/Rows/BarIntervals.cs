using LowLatency.Market.Streams;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>The kinds of bars as rows name them, and which of the two tables each belongs to: that of days has the time bars of a day and longer.</summary>
internal sealed class BarIntervals
{
    private const long DayNs = 86_400_000_000_000;

    private readonly byte[][] _symbols;
    private readonly bool[] _days;
    private readonly bool[] _ofTime;

    public BarIntervals(ChannelTable channels)
    {
        _symbols = [.. channels.Bars.Select(bar => IlpColumns.Symbol("interval", bar.Name))];
        _days = [.. channels.Bars.Select(bar => bar.IntervalNs >= DayNs)];
        _ofTime = [.. channels.Bars.Select(bar => bar.Kind == BarKind.Time)];
    }

    /// <summary>The symbol "interval".</summary>
    public byte[] SymbolOf(ushort spec) => spec < _symbols.Length ? _symbols[spec] : IlpColumns.Symbol("interval", $"#{spec}");

    /// <summary>Whether it is a time bar of a day or longer.</summary>
    public bool IsDays(ushort spec) => spec < _days.Length && _days[spec];

    /// <summary>
    /// What tells bars apart that begin at the same time: 0 of time bars, whose begin is theirs alone; of others, of which one trade can begin several, the number
    /// within the stream.
    /// </summary>
    public long OrdinalOf(ushort spec, ulong sequence) => spec < _ofTime.Length && _ofTime[spec] ? 0 : (long)sequence;
}
