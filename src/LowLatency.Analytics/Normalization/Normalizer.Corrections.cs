using LowLatency.Analytics.Batches;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Normalization;

/// <content>
/// Cancels and corrections. One that names a trade which counts is passed on, and bars are corrected; one of a suspect trade ends here; one of a trade
/// that is not known, was cancelled, or lies more than the setting correctable_trades back is counted.
/// </content>
public sealed partial class Normalizer
{
    private void OnCancel(in TickRecord record, int cause, long input, EmittedList<TickRecord> output)
    {
        if (!IsOfInstrument(record, input)) return;
        Counters.CountCancel();
        ref InstrumentTicks ticks = ref _ticks[record.Header.Instrument];
        if (SuspectOf(ticks, record.Trade) is var suspect && suspect >= 0)
        {
            TickRecord dropped = ticks.Suspects![suspect];
            long droppedInput = ticks.Suspects.InputOf(suspect);
            ticks.Suspects.RemoveAt(suspect);
            Counters.CountSuspects(-1);
            Counters.CountRejected(RejectReason.Cancelled);
            Rejects.Add(new RejectedRecord(droppedInput, RejectReason.Cancelled, dropped));
            Tell(record, input, OutcomeKind.CancelSuspect);
        }
        else if (record.Trade.TradeId != 0 && ticks.Live is not null && ticks.Live.Cancel(record.Trade.TradeId, record.Header.Source))
        {
            output.Add(cause) = record;
            Tell(record, input, OutcomeKind.Cancel);
        }
        else
        {
            Counters.CountUnknownReference();
            Tell(record, input, OutcomeKind.CancelUnknown);
        }
    }

    private void OnCorrection(in TickRecord record, int cause, long input, EmittedList<TickRecord> output)
    {
        if (!IsOfInstrument(record, input)) return;
        if (FaultOf(record.Trade) is { } fault)
        {
            Reject(record, input, fault);
            Tell(record, input, OutcomeKind.RejectCorrection);
            return;
        }

        Counters.CountCorrection();
        ref InstrumentTicks ticks = ref _ticks[record.Header.Instrument];
        if (SuspectOf(ticks, record.Trade) is var suspect && suspect >= 0)
        {
            ticks.Suspects!.Correct(suspect, record.Trade.Price, record.Trade.Size);
            Tell(record, input, OutcomeKind.CorrectSuspect);
        }
        else if (record.Trade.TradeId != 0 && ticks.Live is not null && ticks.Live.Contains(record.Trade.TradeId, record.Header.Source))
        {
            output.Add(cause) = record;
            Tell(record, input, OutcomeKind.Correct);
        }
        else
        {
            Counters.CountUnknownReference();
            Tell(record, input, OutcomeKind.CorrectUnknown);
        }
    }

    private static int SuspectOf(in InstrumentTicks ticks, in TradeRecord reference) =>
        reference.TradeId == 0 || ticks.Suspects is null ? -1 : ticks.Suspects.IndexOf(reference.TradeId, reference.Header.Source);

    private bool IsOfInstrument(in TickRecord record, long input)
    {
        if (record.Header.Instrument != InstrumentTable.Unknown) return true;
        Reject(record, input, RejectReason.InstrumentLimit);
        Tell(record, input, OutcomeKind.RejectInstrumentLimit);
        return false;
    }

    private void Tell(in TickRecord record, long input, OutcomeKind kind) => Tell(record, input, kind, 0, false, -1);

    private void Tell(in TickRecord record, long input, OutcomeKind kind, sbyte aggressor, bool late, long analysed)
    {
        if (_outcomes is not null) _outcomes.Add(0) = new TickOutcome(input, record.Header.Instrument, kind, aggressor, late, analysed);
    }
}
