using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Indicators.Steps;

/// <summary>Makes records of the values that the steps of a batch gave, numbers their revisions, and takes back provisional values that have become none.</summary>
/// <param name="indicators">The indicators.</param>
/// <param name="values">For each indicator the values of the steps.</param>
/// <param name="provisional">Whether there are provisional values.</param>
internal sealed class IndicatorOutput(Indicator[] indicators, double[][] values, bool provisional)
{
    private readonly int[] _outputs = [.. indicators.Select(i => i.Spec.Outputs.Count)];
    private bool[] _isOutstanding = [];
    private long[] _openStartNs = [];

    /// <summary>Makes room for lanes.</summary>
    public void EnsureLanes(int lanes)
    {
        if (!provisional) return;
        Array.Resize(ref _openStartNs, lanes);
        Array.Resize(ref _isOutstanding, lanes * indicators.Length);
    }

    /// <summary>Says what the steps gave.</summary>
    public void Say(
        ReadOnlySpan<BarRecord> bars,
        ReadOnlySpan<int> causes,
        ReadOnlySpan<IndicatorStep> steps,
        ReadOnlySpan<StepSource> sources,
        RestatableBars[][] kept,
        int[] timeLane,
        EmittedList<IndicatorRecord> output)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly IndicatorStep step = ref steps[i];
            ref readonly StepSource source = ref sources[i];
            ref readonly BarRecord bar = ref bars[source.Bar];
            int cause = causes[source.Bar];
            if (step.Kind >= StepKind.Provisional)
            {
                SayProvisional(bar, cause, i, step, output);
                continue;
            }

            Span<uint> said = source.Counters < 0 ? [] : kept[step.Instrument][timeLane[bar.Spec]].Said(source.Counters);
            if (source.IsNew) said.Clear();
            SayClosed(bar, cause, i, step, said, output);
            // An open bar that has vanished can come back as a revised one, when a late trade is its first.
            if (provisional && (bar.State == BarState.Closed || (source.IsNew && bar.StartNs == _openStartNs[step.Lane]))) EndProvisional(bar, cause, i, step, output);
        }
    }

    private void SayClosed(in BarRecord bar, int cause, int index, in IndicatorStep step, Span<uint> said, EmittedList<IndicatorRecord> output)
    {
        for (int i = 0; i < indicators.Length; i++)
        {
            ReadOnlySpan<double> row = Row(i, index);
            uint revision = said.IsEmpty ? 0 : said[i];
            // What was said and holds no more is said to be none.
            if (revision == 0 && !HasValue(row)) continue;
            Emit(bar, cause, i, step.Bar.StartNs, row, output).Revision = revision;
            if (!said.IsEmpty) said[i]++;
        }
    }

    private void SayProvisional(in BarRecord bar, int cause, int index, in IndicatorStep step, EmittedList<IndicatorRecord> output)
    {
        _openStartNs[step.Lane] = bar.StartNs;
        for (int i = 0; i < indicators.Length; i++)
        {
            ref bool isOutstanding = ref _isOutstanding[(step.Lane * indicators.Length) + i];
            ReadOnlySpan<double> row = Row(i, index);
            isOutstanding |= HasValue(row);
            if (isOutstanding) Emit(bar, cause, i, bar.StartNs, row, output).Header.Flags = RecordFlags.Provisional;
        }
    }

    // A value that was said of the open bar, and that the closed one does not have, must not stand: a provisional record without values takes it back.
    private void EndProvisional(in BarRecord bar, int cause, int index, in IndicatorStep step, EmittedList<IndicatorRecord> output)
    {
        Span<bool> isOutstanding = _isOutstanding.AsSpan(step.Lane * indicators.Length, indicators.Length);
        for (int i = 0; i < indicators.Length; i++)
        {
            ReadOnlySpan<double> row = Row(i, index);
            if (isOutstanding[i] && !HasValue(row)) Emit(bar, cause, i, bar.StartNs, row, output).Header.Flags = RecordFlags.Provisional;
        }

        // A bar behind it may be open and have said values too: a bar that waits in its grace closes before that.
        if (bar.StartNs >= _openStartNs[step.Lane]) isOutstanding.Clear();
    }

    private ReadOnlySpan<double> Row(int indicator, int step)
    {
        int outputs = _outputs[indicator];
        return values[indicator].AsSpan(step * outputs, outputs);
    }

    private static bool HasValue(ReadOnlySpan<double> row)
    {
        foreach (double value in row)
        {
            if (!double.IsNaN(value)) return true;
        }

        return false;
    }

    private static ref IndicatorRecord Emit(in BarRecord bar, int cause, int indicator, long startNs, ReadOnlySpan<double> row, EmittedList<IndicatorRecord> output)
    {
        ref IndicatorRecord record = ref output.Add(cause);
        // Field by field, each of them: a whole new record would be made elsewhere and copied.
        record.Header = bar.Header;
        record.Header.Type = RecordType.Indicator;
        record.StartNs = startNs;
        record.Indicator = (ushort)indicator;
        record.Spec = bar.Spec;
        record.Count = (byte)row.Length;
        record.Input = bar.Input;
        record.Revision = 0;
        Span<double> room = record.Values;
        row.CopyTo(room);
        room[row.Length..].Clear();
        return ref record;
    }
}
