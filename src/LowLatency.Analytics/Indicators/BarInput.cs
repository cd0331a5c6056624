namespace LowLatency.Analytics.Indicators;

/// <summary>A bar as a kernel takes it. A kernel of one series finds its value in <see cref="Close"/>.</summary>
internal readonly struct BarInput(double open, double high, double low, double close, double volume, long startNs)
{
    public readonly double Open = open;
    public readonly double High = high;
    public readonly double Low = low;
    public readonly double Close = close;
    public readonly double Volume = volume;
    public readonly long StartNs = startNs;

    public double Typical => (High + Low + Close) / 3;

    /// <summary>Whether everything that is read is finite; folds to a few instructions, as the columns are a constant to the caller.</summary>
    public bool IsFinite(BarColumns reads)
    {
        // A finite number less itself is 0, an infinite one or a NaN gives NaN.
        double zero = Close - Close;
        if ((reads & BarColumns.Open) != 0) zero += Open - Open;
        if ((reads & BarColumns.High) != 0) zero += High - High;
        if ((reads & BarColumns.Low) != 0) zero += Low - Low;
        if ((reads & BarColumns.Volume) != 0) zero += Volume - Volume;
        return zero == 0;
    }
}
