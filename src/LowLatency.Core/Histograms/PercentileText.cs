namespace LowLatency.Core.Histograms;

/// <summary>
/// The distribution of a histogram as the text that plotters of HdrHistogram percentiles take: a line for every percentile step, steps that halve
/// with the distance to 100%, and a footer of mean, deviation, maximum and shape.
/// </summary>
public static class PercentileText
{
    private const int MaxHalvings = 50;

    /// <summary>Writes the distribution.</summary>
    /// <param name="output">Where to; lines end with a line feed on every system.</param>
    /// <param name="histogram">Unchanged; recorded values may be added meanwhile, the text is of one moment.</param>
    /// <param name="valuesPerUnit">What values are divided by: 1000 writes nanoseconds as microseconds. Above 0.</param>
    /// <param name="stepsPerHalving">Lines for each halving of the distance to 100%, from 1 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="valuesPerUnit"/> or <paramref name="stepsPerHalving"/> is outside its range.</exception>
    public static void Write(TextWriter output, LatencyHistogram histogram, double valuesPerUnit = 1, int stepsPerHalving = 5)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(histogram);
        if (!(valuesPerUnit > 0 && double.IsFinite(valuesPerUnit))) throw new ArgumentOutOfRangeException(nameof(valuesPerUnit), valuesPerUnit, "A unit is more than 0 values.");
        if (stepsPerHalving is < 1 or > 1000) throw new ArgumentOutOfRangeException(nameof(stepsPerHalving), stepsPerHalving, "Steps for each halving are from 1 to 1000.");
        LatencyHistogram snapshot = histogram.Copy();
        int places = snapshot.SignificantDigits;
        output.Write($"{"Value",12} {"Percentile",14} {"TotalCount",10} {"1/(1-Percentile)",14}\n\n");
        WriteLines(output, snapshot, valuesPerUnit, stepsPerHalving);
        string mean = FixedPointText.Of(snapshot.Mean / valuesPerUnit, places);
        string deviation = FixedPointText.Of(snapshot.StandardDeviation / valuesPerUnit, places);
        string max = FixedPointText.Of(snapshot.TopOfMax / valuesPerUnit, places);
        output.Write($"#[Mean    = {mean,12}, StdDeviation   = {deviation,12}]\n");
        output.Write($"#[Max     = {max,12}, Total count    = {snapshot.Count,12}]\n");
        output.Write($"#[Buckets = {snapshot.Layout.Buckets,12}, SubBuckets     = {snapshot.Layout.SubBuckets,12}]\n");
    }

    private static void WriteLines(TextWriter output, LatencyHistogram histogram, double valuesPerUnit, int stepsPerHalving)
    {
        int places = histogram.SignificantDigits;
        double level = 0;
        long seen = 0;
        foreach (HistogramBucket bucket in histogram.RecordedBuckets)
        {
            seen += bucket.Count;
            string value = FixedPointText.Of(bucket.Highest / valuesPerUnit, places);
            // The last bucket ends every level that is left: one line says so, and one is for 100%.
            while (level < 100 && 100.0 * seen / histogram.Count >= level)
            {
                output.Write($"{value,12} {FixedPointText.Of(level / 100, 12)} {seen,10} {FixedPointText.Of(1 / (1 - (level / 100)), 2),14}\n");
                level = Next(level, stepsPerHalving);
                if (seen == histogram.Count) break;
            }

            if (seen == histogram.Count) output.Write($"{value,12} {FixedPointText.Of(1, 12)} {seen,10}\n");
        }
    }

    private static double Next(double level, int stepsPerHalving)
    {
        int halvings = (int)Math.Min(MaxHalvings, Math.Log2(100 / (100 - level)));
        double next = level + (100 / Math.ScaleB(stepsPerHalving, halvings + 1));
        // A step too small for a double to take leads to the end.
        return next > level ? Math.Min(100, next) : 100;
    }
}
