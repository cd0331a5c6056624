using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Output;

/// <summary>
/// The CSV files of one instrument, in a folder named after its symbol. All are there from its first record on, with their header, also those of streams that
/// stay empty; only the files of open bars, of indicators on them and of best quotes, which few replays have, are begun when they are needed.
/// </summary>
internal sealed class InstrumentFiles : IDisposable
{
    private static readonly string[] TradeColumns =
        ["q", "event_ns", "receive_ns", "price", "size", "aggressor", "trade_id", "conditions", "source", "flags"];

    private static readonly string[] QuoteColumns = ["q", "event_ns", "receive_ns", "bid", "bid_size", "ask", "ask_size", "source", "flags"];

    private static readonly string[] BarColumns =
        ["at_row", "start_ns", "rev", "state", "open", "high", "low", "close", "volume", "count", "vwap", "buy_volume", "q"];

    private static readonly string[] BestQuoteColumns = ["q", "event_ns", "receive_ns", "bid", "bid_size", "ask", "ask_size"];
    private static readonly string[] GapColumns = ["at_row", "first_missing", "count", "event_ns", "source", "q"];

    private static readonly string[] States = ["open", "closed", "revised"];

    private readonly string _folder;
    private readonly PublishedStreams _streams;
    private readonly CsvResources _resources;
    private readonly CsvFile _trades;
    private readonly CsvFile _quotes;
    private readonly CsvFile _gaps;
    private CsvFile? _bestQuotes;
    private readonly CsvFile?[] _bars;
    private readonly EventBarRows?[] _eventBars;
    private readonly EventBarRows? _imbalances;
    private readonly CsvFile?[] _openBars;
    private readonly IndicatorRows[] _indicators;
    private readonly IndicatorRows?[] _openIndicators;
    private readonly SignalFiles _signals;
    private readonly AlertFile? _alerts;

    public InstrumentFiles(string folder, PublishedStreams streams, CsvResources resources, bool restates)
    {
        _folder = folder;
        _streams = streams;
        _resources = resources;
        Directory.CreateDirectory(folder);
        ChannelTable channels = streams.Channels;
        string[] indicatorColumns = [.. IndicatorRows.ColumnsOf(channels, restates)];
        _trades = Open("trades", TradeColumns, CsvResources.LargeBuffer);
        _quotes = Open("quotes", QuoteColumns, CsvResources.LargeBuffer);
        _gaps = Open("gaps", GapColumns);
        _bars = [.. channels.Bars.Select(bar => bar.Kind == BarKind.Time ? Open($"bars_{bar.Name}", BarColumns) : null)];
        _eventBars = [.. channels.Bars.Select(bar => bar.Kind == BarKind.Time ? null : new EventBarRows(bar.Kind, (name, columns) => Open(name, columns)))];
        _imbalances = channels.Bars.Select((bar, i) => bar.Kind == BarKind.Imbalance ? _eventBars[i] : null).FirstOrDefault(rows => rows is not null);
        _indicators = [.. channels.Bars.Select(bar => new IndicatorRows(Open($"indicators_{bar.Name}", indicatorColumns), channels, restates))];
        _signals = new SignalFiles(Open);
        _alerts = streams.Alerts.Specs.Count > 0 ? new AlertFile(Open, streams.Alerts) : null;
        _openBars = new CsvFile?[_bars.Length];
        _openIndicators = new IndicatorRows?[_bars.Length];
    }

    public void Write(in TradeRecord trade)
    {
        _trades.Add(trade.Header.Sequence);
        _trades.Add(trade.Header.EventNs);
        AddTime(_trades, trade.Header.ReceiveNs);
        _trades.Add(trade.Price);
        _trades.Add(trade.Size);
        _trades.Add(trade.Aggressor);
        _trades.Add(trade.TradeId);
        _trades.Add(trade.Conditions);
        _trades.Add(_streams.Sources.Name(trade.Header.Source));
        _trades.Add(FlagTexts.Of(trade.Header.Flags));
        _trades.EndRow();
    }

    public void WriteBest(in QuoteRecord quote)
    {
        _bestQuotes ??= Open("bbo", BestQuoteColumns, CsvResources.LargeBuffer);
        AddQuote(_bestQuotes, quote);
        _bestQuotes.EndRow();
    }

    public void Write(in QuoteRecord quote)
    {
        AddQuote(_quotes, quote);
        _quotes.Add(_streams.Sources.Name(quote.Header.Source));
        _quotes.Add(FlagTexts.Of(quote.Header.Flags));
        _quotes.EndRow();
    }

    public void Write(in BarRecord bar)
    {
        if (_eventBars[bar.Spec] is { } rows)
        {
            rows.Write(bar);
            return;
        }

        // Open bars that were said under way have a file of their own; the one that the end of the input left open stands behind the closed ones.
        CsvFile file = bar.State == BarState.Open && bar.Input >= 0
            ? _openBars[bar.Spec] ??= Open($"open_bars_{_streams.Channels.Bars[bar.Spec].Name}", BarColumns)
            : _bars[bar.Spec]!;
        file.Add(bar.Input);
        file.Add(bar.StartNs);
        file.Add(bar.Revision);
        file.Add(States[(int)bar.State]);
        file.Add(bar.Open);
        file.Add(bar.High);
        file.Add(bar.Low);
        file.Add(bar.Close);
        file.Add(bar.Volume);
        file.Add(bar.Count);
        file.Add(bar.Vwap);
        file.Add(bar.BuyVolume);
        file.Add(bar.Header.Sequence);
        file.EndRow();
    }

    public void Write(in GapRecord gap)
    {
        _gaps.Add(gap.Input);
        _gaps.Add(gap.FirstMissing);
        _gaps.Add(gap.Count);
        _gaps.Add(gap.Header.EventNs);
        _gaps.Add(_streams.Sources.Name(gap.Header.Source));
        _gaps.Add(gap.Header.Sequence);
        _gaps.EndRow();
    }

    public void Write(in ImbalanceRecord imbalance) => _imbalances!.Write(imbalance);

    public void Write(in IndicatorRecord record)
    {
        if ((record.Header.Flags & RecordFlags.Provisional) == 0)
        {
            _indicators[record.Spec].Add(record);
            return;
        }

        ChannelTable channels = _streams.Channels;
        IndicatorRows rows = _openIndicators[record.Spec] ??=
            new IndicatorRows(Open($"open_indicators_{channels.Bars[record.Spec].Name}", IndicatorRows.ColumnsOf(channels, tellsRevision: false)), channels, tellsRevision: false);
        rows.Add(record);
    }

    public void Write(in IntensityRecord record) => _signals.Write(record);

    public void Write(in SpikeRecord record) => _signals.Write(record);

    public void Write(in ReversalRecord record) => _signals.Write(record);

    public void Write(in AlertRecord record) => _alerts!.Write(record);

    public void Dispose()
    {
        _trades.Dispose();
        _quotes.Dispose();
        _gaps.Dispose();
        _bestQuotes?.Dispose();
        foreach (CsvFile? file in _bars) file?.Dispose();
        foreach (EventBarRows? rows in _eventBars) rows?.Dispose();
        foreach (CsvFile? file in _openBars) file?.Dispose();
        foreach (IndicatorRows? rows in _indicators.Concat(_openIndicators)) rows?.Dispose();
        _signals.Dispose();
        _alerts?.Dispose();
    }

    private static void AddQuote(CsvFile file, in QuoteRecord quote)
    {
        file.Add(quote.Header.Sequence);
        file.Add(quote.Header.EventNs);
        AddTime(file, quote.Header.ReceiveNs);
        file.Add(quote.Bid);
        file.Add(quote.BidSize);
        file.Add(quote.Ask);
        file.Add(quote.AskSize);
    }

    private static void AddTime(CsvFile file, long ns)
    {
        if (ns == 0) file.Add(string.Empty);
        else file.Add(ns);
    }

    private CsvFile Open(string name, IEnumerable<string> columns, int bufferBytes = CsvResources.SmallBuffer) =>
        new(Path.Combine(_folder, name + ".csv"), columns, _resources, bufferBytes);
}
