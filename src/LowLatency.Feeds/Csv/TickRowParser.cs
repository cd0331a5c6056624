using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Csv;

/// <summary>Turns outlined rows of one layout into records.</summary>
internal sealed class TickRowParser
{
    private readonly NameCache _instruments;
    private readonly NameCache _sources;
    private readonly byte _csvSource;
    private readonly int _columns;
    private readonly int _eventNs;
    private readonly int _receiveNs;
    private readonly int _symbol;
    private readonly int _kind;
    private readonly int _price;
    private readonly int _size;
    private readonly int _bid;
    private readonly int _bidSize;
    private readonly int _ask;
    private readonly int _askSize;
    private readonly int _exchange;
    private readonly int _flags;
    private readonly int _tradeId;
    private readonly int _aggressor;
    private readonly int _sequence;
    private readonly int _referenceId;
    private readonly byte[] _fixedSymbol;

    /// <summary>Makes a parser.</summary>
    /// <param name="layout">The columns.</param>
    /// <param name="symbol">The symbol of a file without such a column.</param>
    /// <param name="instruments">Where symbols get their ids.</param>
    /// <param name="sources">Where venues get theirs.</param>
    /// <param name="csvSource">The source of rows that name no venue.</param>
    public TickRowParser(CsvLayout layout, byte[] symbol, NameCache instruments, NameCache sources, byte csvSource)
    {
        _instruments = instruments;
        _sources = sources;
        _csvSource = csvSource;
        _fixedSymbol = symbol;
        _columns = layout.Header.Length;
        _eventNs = layout[CsvColumn.EventNs];
        _receiveNs = layout[CsvColumn.ReceiveNs];
        _symbol = layout[CsvColumn.Symbol];
        _kind = layout[CsvColumn.Kind];
        _price = layout[CsvColumn.Price];
        _size = layout[CsvColumn.Size];
        _bid = layout[CsvColumn.Bid];
        _bidSize = layout[CsvColumn.BidSize];
        _ask = layout[CsvColumn.Ask];
        _askSize = layout[CsvColumn.AskSize];
        _exchange = layout[CsvColumn.Exchange];
        _flags = layout[CsvColumn.Flags];
        _tradeId = layout[CsvColumn.TradeId];
        _aggressor = layout[CsvColumn.Aggressor];
        _sequence = layout[CsvColumn.Sequence];
        _referenceId = layout[CsvColumn.ReferenceId];
    }

    /// <summary>Which column of the last malformed row was bad; -1 when it was the row as a whole.</summary>
    public int ProblemColumn { get; private set; }

    /// <summary>What was wrong with the last malformed row.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>The event time of a row; 0 when it cannot be read.</summary>
    /// <param name="text">The text that was outlined.</param>
    /// <param name="block">The outline.</param>
    /// <param name="row">The row's index.</param>
    public long EventNs(ReadOnlySpan<byte> text, RowBlock block, int row) =>
        IntegerText.TryParseTime(block.Fields(text, row)[_eventNs], out long eventNs) ? eventNs : 0;

    /// <summary>Writes a row's record: a trade, a quote, a cancel, a correction, a clock event, or, when the row cannot be read, a malformed one.</summary>
    /// <param name="text">The text that was outlined.</param>
    /// <param name="block">The outline.</param>
    /// <param name="row">The row's index.</param>
    /// <param name="slot">The record; every byte of it is written.</param>
    /// <returns>False when the row is malformed; <see cref="Problem"/> says why.</returns>
    public bool Parse(ReadOnlySpan<byte> text, RowBlock block, int row, ref TickRecord slot)
    {
        slot = default;
        if (Fill(block.Fields(text, row), in block[row], ref slot)) return true;
        long eventNs = slot.Header.EventNs;
        slot = default;
        slot.Header.Type = RecordType.Malformed;
        slot.Header.Source = _csvSource;
        slot.Header.Instrument = InstrumentTable.Unknown;
        slot.Header.EventNs = eventNs;
        return false;
    }

    private bool Fill(RowFields fields, in RowBlock.Row outline, ref TickRecord slot)
    {
        if (outline.End - outline.Start > RowBlock.MaxRowBytes) return Fail(-1, "the line is longer than 64 KiB");
        if (!IntegerText.TryParseTime(fields[_eventNs], out slot.Header.EventNs))
            return Fail(outline.Fields == _columns ? _eventNs : -1, "expected nanoseconds since 1970 as digits alone");
        if (outline.Fields != _columns) return Fail(-1, "the row has another number of fields than the header");
        if (!FillHeader(fields, ref slot)) return false;
        RecordType type = _kind < 0 ? RecordType.Trade : KindOf(fields[_kind]);
        slot.Header.Type = type;
        return type switch
        {
            RecordType.Trade => FillTrade(fields, ref slot.Trade),
            RecordType.Quote => FillQuote(fields, ref slot.Quote),
            RecordType.Clock => true,
            RecordType.Cancel => FillReference(fields, ref slot.Trade),
            RecordType.Correction => FillCorrection(fields, ref slot.Trade),
            _ => Fail(_kind, "expected T (trade), Q (quote), X (cancel), C (correction) or K (clock)"),
        };
    }

    private bool FillHeader(RowFields fields, ref TickRecord slot)
    {
        ReadOnlySpan<byte> symbol = _symbol < 0 ? _fixedSymbol : fields[_symbol];
        int instrument = _instruments.IdOf(symbol);
        if (instrument == NameCache.Invalid) return Fail(_symbol, "expected a symbol of 1 to 32 printable ASCII characters");
        slot.Header.Instrument = instrument == NameCache.Full ? InstrumentTable.Unknown : (uint)instrument;

        ReadOnlySpan<byte> exchange = fields[_exchange];
        int source = exchange.IsEmpty ? _csvSource : _sources.IdOf(exchange);
        if (source == NameCache.Invalid) return Fail(_exchange, "expected an exchange of 1 to 32 printable ASCII characters");
        slot.Header.Source = source == NameCache.Full ? SourceTable.UnknownId : (byte)source;

        ReadOnlySpan<byte> receiveNs = fields[_receiveNs];
        if (!receiveNs.IsEmpty && !IntegerText.TryParseTime(receiveNs, out slot.Header.ReceiveNs))
            return Fail(_receiveNs, "expected nanoseconds since 1970 as digits alone");
        ReadOnlySpan<byte> sequence = fields[_sequence];
        return sequence.IsEmpty || IntegerText.TryParse(sequence, out slot.Header.Sequence) || Fail(_sequence, "expected an unsigned integer below 2^64");
    }

    private bool FillTrade(RowFields fields, ref TradeRecord trade)
    {
        if (!DecimalText.TryParse(fields[_price], out trade.Price)) return Fail(_price, "expected the trade's price");
        if (!DecimalText.TryParse(fields[_size], out trade.Size)) return Fail(_size, "expected the trade's size");
        ReadOnlySpan<byte> tradeId = fields[_tradeId];
        if (!tradeId.IsEmpty && !IntegerText.TryParse(tradeId, out trade.TradeId)) return Fail(_tradeId, "expected an unsigned integer below 2^64");
        if (!TryReadAggressor(fields[_aggressor], out trade.Aggressor)) return Fail(_aggressor, "expected 1 (buy), -1 (sell) or 0 (unknown)");
        ReadOnlySpan<byte> flags = fields[_flags];
        if (flags.IsEmpty) return true;

        var told = new RowFlags
        {
            TradeId = trade.TradeId, ReceiveNs = trade.Header.ReceiveNs, Sequence = trade.Header.Sequence, Aggressor = trade.Aggressor,
        };
        if (told.Read(flags) is { } problem) return Fail(_flags, problem);
        trade.Header.Flags = told.Marks;
        trade.Header.ReceiveNs = told.ReceiveNs;
        trade.Header.Sequence = told.Sequence;
        trade.TradeId = told.TradeId;
        trade.Conditions = told.Conditions;
        trade.Aggressor = told.Aggressor;
        return true;
    }

    private bool FillCorrection(RowFields fields, ref TradeRecord trade)
    {
        if (!DecimalText.TryParse(fields[_price], out trade.Price)) return Fail(_price, "expected the corrected price");
        if (!DecimalText.TryParse(fields[_size], out trade.Size)) return Fail(_size, "expected the corrected size");
        return FillReference(fields, ref trade);
    }

    private bool FillReference(RowFields fields, ref TradeRecord trade) =>
        IntegerText.TryParse(fields[_referenceId], out trade.TradeId) || Fail(_referenceId, "expected, in a column ref_id, the id of the trade: an unsigned integer below 2^64");

    private bool FillQuote(RowFields fields, ref QuoteRecord quote)
    {
        if (!TryReadOptional(fields[_bid], out quote.Bid)) return Fail(_bid, "expected the bid, or nothing");
        if (!TryReadOptional(fields[_bidSize], out quote.BidSize)) return Fail(_bidSize, "expected the size at the bid, or nothing");
        if (!TryReadOptional(fields[_ask], out quote.Ask)) return Fail(_ask, "expected the ask, or nothing");
        if (!TryReadOptional(fields[_askSize], out quote.AskSize)) return Fail(_askSize, "expected the size at the ask, or nothing");
        ReadOnlySpan<byte> flags = fields[_flags];
        if (flags.IsEmpty) return true;

        var told = new RowFlags { ReceiveNs = quote.Header.ReceiveNs, Sequence = quote.Header.Sequence };
        if (told.Read(flags) is { } problem) return Fail(_flags, problem);
        quote.Header.Flags = told.Marks;
        quote.Header.ReceiveNs = told.ReceiveNs;
        quote.Header.Sequence = told.Sequence;
        return true;
    }

    private static RecordType KindOf(ReadOnlySpan<byte> kind)
    {
        if (kind.Length == 1)
        {
            return (kind[0] | 0x20) switch
            {
                't' => RecordType.Trade,
                'q' => RecordType.Quote,
                'k' => RecordType.Clock,
                'x' => RecordType.Cancel,
                'c' => RecordType.Correction,
                _ => RecordType.None,
            };
        }

        if (kind.SequenceEqual("trade"u8)) return RecordType.Trade;
        if (kind.SequenceEqual("cancel"u8)) return RecordType.Cancel;
        if (kind.SequenceEqual("correction"u8)) return RecordType.Correction;
        return kind.SequenceEqual("quote"u8) ? RecordType.Quote : RecordType.None;
    }

    private static bool TryReadOptional(ReadOnlySpan<byte> text, out double value)
    {
        if (!text.IsEmpty) return DecimalText.TryParse(text, out value);
        value = double.NaN;
        return true;
    }

    private static bool TryReadAggressor(ReadOnlySpan<byte> text, out sbyte aggressor)
    {
        aggressor = 0;
        if (text.IsEmpty || text.SequenceEqual("0"u8)) return true;
        bool sell = text[0] == (byte)'-';
        if (!text[^1..].SequenceEqual("1"u8) || text.Length > 2 || (text.Length == 2 && text[0] is not ((byte)'-' or (byte)'+'))) return false;
        aggressor = (sbyte)(sell ? -1 : 1);
        return true;
    }

    private bool Fail(int column, string problem)
    {
        ProblemColumn = column;
        Problem = problem;
        return false;
    }
}
