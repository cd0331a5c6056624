using LowLatency.Market.Records;

namespace LowLatency.Analytics.Indicators;

/// <summary>The names of the fields, and how they are read.</summary>
internal static class BarFields
{
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<BarField>().Select(NameOf)];

    public static string NameOf(BarField field) => field.ToString().ToLowerInvariant();

    public static bool TryParse(string name, out BarField field)
    {
        int at = Names.ToList().IndexOf(name);
        field = (BarField)Math.Max(0, at);
        return at >= 0;
    }

    public static BarColumns ColumnsOf(BarField field) => field switch
    {
        BarField.Open => BarColumns.Open,
        BarField.High => BarColumns.High,
        BarField.Low => BarColumns.Low,
        BarField.Volume => BarColumns.Volume,
        BarField.Hl2 => BarColumns.High | BarColumns.Low,
        BarField.Hlc3 => BarColumns.High | BarColumns.Low,
        BarField.Ohlc4 => BarColumns.Open | BarColumns.High | BarColumns.Low,
        _ => BarColumns.Close,
    };

    public static double Read(in BarRecord bar, BarField field) =>
        field == BarField.Close ? bar.Close : Read(new BarInput(bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.StartNs), field);

    public static double Read(in BarInput bar, BarField field) => field switch
    {
        BarField.Open => bar.Open,
        BarField.High => bar.High,
        BarField.Low => bar.Low,
        BarField.Volume => bar.Volume,
        BarField.Hl2 => (bar.High + bar.Low) / 2,
        BarField.Hlc3 => bar.Typical,
        BarField.Ohlc4 => (bar.Open + bar.High + bar.Low + bar.Close) / 4,
        _ => bar.Close,
    };
}
