using System.Runtime.CompilerServices;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Numerics;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Normalization;

/// <summary>
/// Turns what feeds deliver into ticks that analytics can trust: rejects, drops duplicates, flags late ticks, holds back outliers, derives unknown
/// aggressors (Lee and Ready 1991, with the quote at hand). Single-threaded; its state is flat arrays by instrument.
/// </summary>
/// <remarks>
/// Order of the tests: sequence number, reject, trade id, outlier, late, aggressor. A suspect trade is passed on with <see cref="RecordFlags.Suspect"/>
/// when it comes; when a later trade within 1% confirms it, it is passed on again with <see cref="RecordFlags.Confirmed"/>, before that trade.
/// </remarks>
public sealed partial class Normalizer
{
    /// <summary>The latest event time that is taken, nanoseconds since 1970: the beginning of the year 2262. Beyond it the end of a bar would not fit into 64 bits.</summary>
    public const long MaxEventNs = 9_214_646_400_000_000_000;

    private readonly NormalizationSettings _settings;
    private readonly long _futureLimitNs;
    private readonly PriceWindow _window;
    private readonly EmittedList<TickOutcome>? _outcomes;
    private readonly Func<uint, double>? _outlierLogReturnOf;
    private InstrumentTicks[] _ticks = [];

    /// <summary>Makes one.</summary>
    /// <param name="settings">Its settings; read once, here.</param>
    /// <param name="rejectLogCapacity">How many rejected records are kept.</param>
    /// <param name="outlierLogReturnOf">An instrument's own outlier_log_return, asked for at its first trade; 0, or no such function: the settings'.</param>
    /// <param name="outcomes">Receives what became of each record, for whoever wants to see it, and clears it; null for nobody.</param>
    public Normalizer(NormalizationSettings settings, int rejectLogCapacity = 1000, EmittedList<TickOutcome>? outcomes = null, Func<uint, double>? outlierLogReturnOf = null)
    {
        _outlierLogReturnOf = outlierLogReturnOf;
        _outcomes = outcomes;
        _settings = settings;
        _futureLimitNs = settings.FutureLimitNs;
        _window = new PriceWindow(settings.OutlierWindow, settings.OutlierLogReturn);
        Rejects = new RejectLog(rejectLogCapacity);
    }

    /// <summary>What became of the records.</summary>
    public NormalizationCounters Counters { get; } = new();

    /// <summary>The first rejected records.</summary>
    public RejectLog Rejects { get; }

    /// <summary>Normalises a batch.</summary>
    /// <param name="input">The records as the feeds delivered them.</param>
    /// <param name="firstInput">Position of the first in the whole input.</param>
    /// <param name="output">Receives the ticks to go on with, in order.</param>
    public void Normalize(ReadOnlySpan<TickRecord> input, long firstInput, EmittedList<TickRecord> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            ref readonly TickRecord record = ref input[i];
            // Nearly all are one of these two; a jump through a table would be guessed wrongly where they take turns.
            if (record.Header.Type == RecordType.Quote)
            {
                if (IsNewSequence(record, i, firstInput + i, output) && (IsPlainlySound(record.Quote) || IsSound(record, firstInput + i))) OnQuote(record, i, firstInput + i, output);
                continue;
            }

            if (record.Header.Type == RecordType.Trade)
            {
                if (IsNewSequence(record, i, firstInput + i, output) && (IsPlainlySound(record.Trade) || IsSound(record, firstInput + i))) OnTrade(record, i, firstInput + i, output);
                continue;
            }

            switch (record.Header.Type)
            {
                case RecordType.Cancel:
                    if (IsNewSequence(record, i, firstInput + i, output)) OnCancel(record, i, firstInput + i, output);
                    break;
                case RecordType.Correction:
                    if (IsNewSequence(record, i, firstInput + i, output)) OnCorrection(record, i, firstInput + i, output);
                    break;
                case RecordType.Malformed:
                    Reject(record, firstInput + i, RejectReason.Malformed);
                    break;
                case RecordType.Clock when record.Header.EventNs is <= 0 or > MaxEventNs:
                    Reject(record, firstInput + i, RejectReason.Time);
                    Tell(record, firstInput + i, OutcomeKind.RejectTimeZero);
                    break;
                default:
                    Counters.CountOther();
                    if (record.Header.Type != RecordType.Clock) break;
                    output.Add(i) = record;
                    Tell(record, firstInput + i, OutcomeKind.Clock);
                    break;
            }
        }
    }

    // Without a branch: NaN and infinity fail one of the comparisons.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPlainlySound(in TradeRecord trade) =>
        (trade.Price > 0) & (trade.Price <= double.MaxValue) & (trade.Size >= 0) & (trade.Size <= double.MaxValue) & IsPlainlySound(trade.Header);

    // A quote of both sides. One of a single side is looked at more closely.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPlainlySound(in QuoteRecord quote) =>
        (quote.Bid > 0) & (quote.Bid <= double.MaxValue) & (quote.Ask > 0) & (quote.Ask <= double.MaxValue)
        & (quote.BidSize >= 0) & (quote.BidSize <= double.MaxValue) & (quote.AskSize >= 0) & (quote.AskSize <= double.MaxValue) & IsPlainlySound(quote.Header);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPlainlySound(in RecordHeader header) =>
        (header.Instrument != InstrumentTable.Unknown) & (header.EventNs > 0) & (header.EventNs <= MaxEventNs)
        & ((header.ReceiveNs == 0) | (header.EventNs - header.ReceiveNs <= _futureLimitNs));

    private static RejectReason? FaultOf(in TradeRecord trade)
    {
        if (!(trade.Price > 0 && double.IsFinite(trade.Price))) return RejectReason.Price;
        if (!(trade.Size >= 0 && double.IsFinite(trade.Size))) return RejectReason.Size;
        return null;
    }

    private static RejectReason? FaultOf(in QuoteRecord quote)
    {
        bool hasBid = !double.IsNaN(quote.Bid);
        bool hasAsk = !double.IsNaN(quote.Ask);
        if (!hasBid && !hasAsk) return RejectReason.Price;
        if (hasBid && !(quote.Bid > 0 && double.IsFinite(quote.Bid))) return RejectReason.Price;
        if (hasAsk && !(quote.Ask > 0 && double.IsFinite(quote.Ask))) return RejectReason.Price;
        if (quote.BidSize < 0 || double.IsInfinity(quote.BidSize) || quote.AskSize < 0 || double.IsInfinity(quote.AskSize)) return RejectReason.Size;
        return null;
    }

    private static KeyMemory MemoryOf(ref KeyMemory? first, byte source, int capacity)
    {
        for (KeyMemory? memory = first; memory is not null; memory = memory.Next)
        {
            if (memory.Source == source) return memory;
        }

        first = new KeyMemory(source, capacity) { Next = first };
        return first;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsNewSequence(in TickRecord record, int cause, long input, EmittedList<TickRecord> output)
    {
        if (record.Header.Instrument == InstrumentTable.Unknown) return true;
        EnsureInstrument((int)record.Header.Instrument);
        if (record.Header.Sequence == 0 || (record.Header.Flags & RecordFlags.ChannelSequence) != 0) return true;
        KeyMemory memory = MemoryOf(ref _ticks[record.Header.Instrument].Sequences, record.Header.Source, _settings.DedupeIds);
        ulong highest = memory.Highest;
        if (!memory.Add(record.Header.Sequence))
        {
            Counters.CountDuplicate();
            Tell(record, input, OutcomeKind.DuplicateSeq);
            return false;
        }

        if (highest == 0 || record.Header.Sequence <= highest + 1) return true;
        Counters.CountGap();
        ref TickRecord gap = ref output.Add(cause);
        gap = default;
        gap.Header = record.Header;
        gap.Header.Type = RecordType.Gap;
        gap.Gap.FirstMissing = highest + 1;
        gap.Gap.Count = record.Header.Sequence - highest - 1;
        gap.Gap.Input = input;
        return true;
    }

    private bool IsSound(in TickRecord record, long input)
    {
        RejectReason? fault;
        if (record.Header.Instrument == InstrumentTable.Unknown) fault = RejectReason.InstrumentLimit;
        else fault = record.Header.Type == RecordType.Trade ? FaultOf(record.Trade) : FaultOf(record.Quote);
        if (fault is null && (record.Header.EventNs <= 0 || record.Header.EventNs > MaxEventNs)) fault = RejectReason.Time;
        if (fault is null && record.Header.ReceiveNs != 0 && record.Header.EventNs - record.Header.ReceiveNs > _settings.FutureLimitNs) fault = RejectReason.Future;
        if (fault is null) return true;
        Reject(record, input, fault.Value);
        Tell(record, input, OutcomeOf(fault.Value));
        return false;
    }

    private static OutcomeKind OutcomeOf(RejectReason fault) => fault switch
    {
        RejectReason.Price => OutcomeKind.RejectPrice,
        RejectReason.Size => OutcomeKind.RejectSize,
        RejectReason.Future => OutcomeKind.RejectTimeFuture,
        RejectReason.InstrumentLimit => OutcomeKind.RejectInstrumentLimit,
        _ => OutcomeKind.RejectTimeZero,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OnQuote(in TickRecord record, int cause, long input, EmittedList<TickRecord> output)
    {
        ref InstrumentTicks ticks = ref _ticks[record.Header.Instrument];
        ref TickRecord quote = ref output.Add(cause);
        quote = record;
        bool late = record.Header.EventNs < ticks.QuoteNs;
        Counters.CountAccepted(late);
        Tell(record, input, OutcomeKind.Quote, 0, late, -1);
        if (late)
        {
            quote.Header.Flags |= RecordFlags.Late;
            return;
        }

        ticks.QuoteNs = record.Header.EventNs;
        if (ticks.Venues is null && (ticks.QuoteSource is null || ticks.QuoteSource == record.Header.Source || !_settings.ConsolidateQuotes))
        {
            // A side of which the source says nothing stands as it was.
            ticks.QuoteSource = record.Header.Source;
            if (!double.IsNaN(record.Quote.Bid)) (ticks.Bid, ticks.BidSize) = (record.Quote.Bid, record.Quote.BidSize);
            if (!double.IsNaN(record.Quote.Ask)) (ticks.Ask, ticks.AskSize) = (record.Quote.Ask, record.Quote.AskSize);
            return;
        }

        Consolidate(ref ticks, record, cause, output);
    }

    private void OnTrade(in TickRecord record, int cause, long input, EmittedList<TickRecord> output)
    {
        int instrument = (int)record.Header.Instrument;
        ref InstrumentTicks ticks = ref _ticks[instrument];
        if (record.Trade.TradeId != 0 && !MemoryOf(ref ticks.TradeIds, record.Header.Source, _settings.DedupeIds).Add(record.Trade.TradeId))
        {
            Counters.CountDuplicate();
            Tell(record, input, OutcomeKind.DuplicateId);
            return;
        }

        bool outlier = _window.IsOutlier(instrument, record.Trade.Price);
        bool confirms = ticks.Suspects is { Count: > 0 } && ReleaseConfirmed(ref ticks, instrument, record.Trade.Price, outlier, cause, output);
        if (outlier && !confirms)
        {
            Suspect(ref ticks, record, cause, input, output);
            return;
        }

        ref TickRecord trade = ref output.Add(cause);
        trade = record;
        Accept(ref ticks, instrument, ref trade, input, OutcomeKind.Accepted);
    }

    private bool ReleaseConfirmed(ref InstrumentTicks ticks, int instrument, double price, bool outlier, int cause, EmittedList<TickRecord> output)
    {
        SuspectQueue suspects = ticks.Suspects!;
        bool any = false;
        for (int i = 0; i < suspects.Count;)
        {
            if (Math.Abs(NaturalLog.OfRatio(price, suspects[i].Trade.Price)) > _settings.ConfirmLogReturn)
            {
                i++;
                continue;
            }

            // Two outliers that agree are a new level: what came before is no longer what to compare with.
            if (!any && outlier) _window.Clear(instrument);
            any = true;
            ref TickRecord trade = ref output.Add(cause);
            trade = suspects[i];
            trade.Header.Flags |= RecordFlags.Confirmed;
            long suspectInput = suspects.InputOf(i);
            suspects.RemoveAt(i);
            Counters.CountSuspects(-1);
            int before = suspects.Count;
            Accept(ref ticks, instrument, ref trade, suspectInput, OutcomeKind.SuspectReleased);
            // Accepting may have given up suspects before this place.
            i = Math.Max(0, i - (before - suspects.Count));
        }

        return any;
    }

    private void Suspect(ref InstrumentTicks ticks, in TickRecord record, int cause, long input, EmittedList<TickRecord> output)
    {
        ticks.Suspects ??= new SuspectQueue(_settings.MaxSuspects);
        if (ticks.Suspects.IsFull) GiveUp(ticks.Suspects);
        ticks.Suspects.Add(record, input, ticks.AcceptedTrades);
        Counters.CountSuspects(1);
        ref TickRecord shown = ref output.Add(cause);
        shown = record;
        shown.Header.Flags |= RecordFlags.Suspect;
        Tell(record, input, OutcomeKind.Suspect, record.Trade.Aggressor, false, -1);
    }

    private void Accept(ref InstrumentTicks ticks, int instrument, ref TickRecord trade, long input, OutcomeKind kind)
    {
        double price = trade.Trade.Price;
        bool late = trade.Header.EventNs < ticks.TradeNs;
        Counters.CountAccepted(late);
        _window.Add(instrument, price);
        // Before its first accepted trade an instrument has no outliers.
        if (ticks.AcceptedTrades++ == 0 && _outlierLogReturnOf?.Invoke((uint)instrument) is > 0 and var limit) _window.SetLimit(instrument, limit);
        if (trade.Trade.TradeId != 0) ticks.Live ??= new LiveTradeIds(_settings.CorrectableTrades);
        ticks.Live?.Add(trade.Trade.TradeId, trade.Header.Source);
        if (late)
        {
            trade.Header.Flags |= RecordFlags.Late;
        }
        else
        {
            ticks.TradeNs = trade.Header.EventNs;
            // The first trade has nothing to be compared with: LastPrice is 0 until then, and so is its sign.
            int sign = ticks.LastPrice == 0 ? 0 : Math.Sign(price - ticks.LastPrice);
            if (sign != 0) ticks.LastSign = sign;
            if (trade.Trade.Aggressor == 0) DeriveAggressor(ref ticks, ref trade);
            ticks.LastPrice = price;
            ticks.Analysed++;
        }

        Tell(trade, input, kind, trade.Trade.Aggressor, late, late ? -1 : ticks.Analysed - 1);
        while (ticks.Suspects is { Count: > 0 } suspects && ticks.AcceptedTrades - suspects.AcceptedBefore(0) >= _settings.SuspectExpiryTrades) GiveUp(suspects);
    }

    private static void DeriveAggressor(ref InstrumentTicks ticks, ref TickRecord trade)
    {
        // NaN, a side not known yet, compares false.
        int sign = trade.Trade.Price >= ticks.Ask ? 1 : trade.Trade.Price <= ticks.Bid ? -1 : ticks.LastSign;
        if (sign == 0) return;
        trade.Trade.Aggressor = (sbyte)sign;
        trade.Header.Flags |= RecordFlags.AggressorDerived;
    }

    private void GiveUp(SuspectQueue suspects)
    {
        Reject(suspects[0], suspects.InputOf(0), RejectReason.Outlier);
        Tell(suspects[0], suspects.InputOf(0), OutcomeKind.SuspectExpired);
        suspects.RemoveAt(0);
        Counters.CountSuspects(-1);
    }

    private void Reject(in TickRecord record, long input, RejectReason reason)
    {
        Counters.CountRejected(reason);
        Rejects.Add(new RejectedRecord(input, reason, record));
    }

    private void EnsureInstrument(int instrument)
    {
        if (instrument < _ticks.Length) return;
        int before = _ticks.Length;
        int count = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)instrument + 1));
        Array.Resize(ref _ticks, count);
        _window.EnsureInstruments(count);
        for (int i = before; i < count; i++)
        {
            _ticks[i].Bid = double.NaN;
            _ticks[i].Ask = double.NaN;
        }
    }
}
