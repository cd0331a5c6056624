using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Indicators.Restatement;

/// <summary>What was said of an indicator, so that it can be compared: values by their bits, as all NaN are one.</summary>
internal sealed record IndicatorSay(uint Instrument, int Spec, int Indicator, long StartNs, uint Revision, bool Provisional, long EventNs, long Input, int Cause, string Values)
{
    public static IndicatorSay Of(in IndicatorRecord record, int cause)
    {
        ReadOnlySpan<double> values = record.Values;
        bool provisional = (record.Header.Flags & RecordFlags.Provisional) != 0;
        return new(
            record.Header.Instrument, record.Spec, record.Indicator, record.StartNs, record.Revision, provisional, record.Header.EventNs, record.Input, cause, Text(values[..record.Count].ToArray()));
    }

    public static string Text(double[] values) => string.Join(' ', values.Select(v => double.IsNaN(v) ? "-" : BitConverter.DoubleToInt64Bits(v).ToString("x16", null)));

    public (uint, int, int, long) Key => (Instrument, Spec, Indicator, StartNs);

    public bool HasValue => Values.Split(' ').Any(v => v != "-");
}
