using System.Runtime.InteropServices;
using LowLatency.Market.Records;

namespace LowLatency.Market.Streams;

/// <summary>
/// All channels of an engine, fixed when it starts, and the numbering of its streams: stream = instrument * number of channels + channel.
/// </summary>
public sealed class ChannelTable
{
    private const int TradesIndex = 0;
    private const int QuotesIndex = 1;
    private const int FirstBar = 2;

    private readonly Dictionary<string, Channel> _byName = new(StringComparer.Ordinal);
    private readonly int _bars;
    private readonly int _channels;
    private readonly int _indicators;
    private readonly int _gaps;
    private readonly int _bestQuotes;
    private readonly int _imbalances = -1;
    private readonly int _firstSignal;

    /// <summary>Makes the table.</summary>
    /// <param name="bars">The kinds of bars; a bar record's spec is an index into it.</param>
    /// <param name="indicators">The indicators; an indicator record's indicator is an index into it.</param>
    /// <exception cref="ArgumentException">Two channels have the same name.</exception>
    public ChannelTable(IReadOnlyList<BarSpec> bars, IReadOnlyList<IndicatorSpec> indicators)
    {
        // Copies: the numbering must not change under its readers.
        Bars = [.. bars];
        Indicators = [.. indicators];
        _bars = Bars.Count;
        _indicators = Indicators.Count;
        var channels = new List<Channel>
        {
            new(TradesIndex, "trades", ChannelKind.Trades, null, null),
            new(QuotesIndex, "quotes", ChannelKind.Quotes, null, null),
        };
        foreach (BarSpec bar in bars) channels.Add(new Channel(channels.Count, $"bars.{bar.Name}", ChannelKind.Bars, bar, null));
        foreach (BarSpec bar in bars)
        {
            foreach (IndicatorSpec indicator in indicators)
                channels.Add(new Channel(channels.Count, $"ind.{bar.Name}.{indicator.Name}", ChannelKind.Indicator, bar, indicator));
        }

        _gaps = channels.Count;
        channels.Add(new Channel(_gaps, "gaps", ChannelKind.Gaps, null, null));
        _bestQuotes = channels.Count;
        channels.Add(new Channel(_bestQuotes, "bbo", ChannelKind.BestQuotes, null, null));
        if (bars.FirstOrDefault(b => b.Kind == BarKind.Imbalance) is { } imbalance)
        {
            _imbalances = channels.Count;
            channels.Add(new Channel(_imbalances, "imbalances", ChannelKind.Imbalances, imbalance, null));
        }

        // Behind the others: whoever counted channels before there were signals still counts right.
        _firstSignal = channels.Count;
        channels.Add(new Channel(channels.Count, "intensity", ChannelKind.Intensity, null, null));
        channels.Add(new Channel(channels.Count, "spikes", ChannelKind.Spikes, null, null));
        channels.Add(new Channel(channels.Count, "reversals", ChannelKind.Reversals, null, null));
        channels.Add(new Channel(channels.Count, "alerts", ChannelKind.Alerts, null, null));
        foreach (Channel channel in channels)
        {
            if (!_byName.TryAdd(channel.Name, channel)) throw new ArgumentException($"The channel {channel.Name} is there twice.");
        }

        Channels = [.. channels];
        _channels = channels.Count;
    }

    /// <summary>The kinds of bars.</summary>
    public IReadOnlyList<BarSpec> Bars { get; }

    /// <summary>The indicators.</summary>
    public IReadOnlyList<IndicatorSpec> Indicators { get; }

    /// <summary>The channels.</summary>
    public IReadOnlyList<Channel> Channels { get; }

    /// <summary>The channel of that name.</summary>
    /// <param name="name">For example bars.1m.</param>
    /// <param name="channel">The channel.</param>
    public bool TryGet(string name, out Channel? channel) => _byName.TryGetValue(name, out channel);

    /// <summary>The channel that a published record belongs to; -1 when it belongs to none.</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="spec">Its kind of bar, for bars and indicators.</param>
    /// <param name="indicator">Its indicator, for indicators.</param>
    public int ChannelOf(RecordType type, int spec, int indicator) => type switch
    {
        RecordType.Trade => TradesIndex,
        RecordType.Quote => QuotesIndex,
        RecordType.Bar when (uint)spec < (uint)_bars => FirstBar + spec,
        RecordType.Indicator when (uint)spec < (uint)_bars && (uint)indicator < (uint)_indicators => FirstBar + _bars + (spec * _indicators) + indicator,
        RecordType.Gap => _gaps,
        RecordType.BestQuote => _bestQuotes,
        RecordType.Imbalance => _imbalances,
        RecordType.Intensity => _firstSignal,
        RecordType.Spike => _firstSignal + 1,
        RecordType.Reversal => _firstSignal + 2,
        RecordType.Alert => _firstSignal + 3,
        _ => -1,
    };

    /// <summary>The channel that a published record belongs to; -1 when it belongs to none.</summary>
    /// <param name="record">A whole record.</param>
    public int ChannelOf(ReadOnlySpan<byte> record)
    {
        switch ((RecordType)record[0])
        {
            case RecordType.Bar:
                return ChannelOf(RecordType.Bar, MemoryMarshal.AsRef<BarRecord>(record).Spec, 0);
            case RecordType.Indicator:
                ref readonly IndicatorRecord indicator = ref MemoryMarshal.AsRef<IndicatorRecord>(record);
                return ChannelOf(RecordType.Indicator, indicator.Spec, indicator.Indicator);
            default:
                return ChannelOf((RecordType)record[0], 0, 0);
        }
    }

    /// <summary>The number of a stream.</summary>
    /// <param name="instrument">The instrument's id.</param>
    /// <param name="channel">The channel's index.</param>
    /// <exception cref="OverflowException">There cannot be so many streams; no instrument of a table has such an id.</exception>
    public int StreamOf(uint instrument, int channel) => checked(((int)instrument * _channels) + channel);
}
