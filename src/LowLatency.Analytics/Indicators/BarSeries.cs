namespace LowLatency.Analytics.Indicators;

/// <summary>Bars as columns of equal length, oldest first. Columns that an indicator does not read may be left empty.</summary>
public readonly ref struct BarSeries
{
    /// <summary>Opens.</summary>
    public ReadOnlySpan<double> Open { get; init; }

    /// <summary>Highs.</summary>
    public ReadOnlySpan<double> High { get; init; }

    /// <summary>Lows.</summary>
    public ReadOnlySpan<double> Low { get; init; }

    /// <summary>Closes; their number is the number of bars.</summary>
    public ReadOnlySpan<double> Close { get; init; }

    /// <summary>Volumes.</summary>
    public ReadOnlySpan<double> Volume { get; init; }

    /// <summary>Begins of the bars, nanoseconds since 1970.</summary>
    public ReadOnlySpan<long> StartNs { get; init; }

    /// <summary>Number of bars.</summary>
    public int Length => Close.Length;

    internal BarInput this[int bar] => new(At(Open, bar), At(High, bar), At(Low, bar), Close[bar], At(Volume, bar), (uint)bar < (uint)StartNs.Length ? StartNs[bar] : 0);

    internal bool IsFinite(BarColumns reads) =>
        Finite(Close)
        && ((reads & BarColumns.Open) == 0 || Finite(Open))
        && ((reads & BarColumns.High) == 0 || Finite(High))
        && ((reads & BarColumns.Low) == 0 || Finite(Low))
        && ((reads & BarColumns.Volume) == 0 || Finite(Volume));

    internal void Check(BarColumns reads)
    {
        Check(reads, BarColumns.Open, Open.Length);
        Check(reads, BarColumns.High, High.Length);
        Check(reads, BarColumns.Low, Low.Length);
        Check(reads, BarColumns.Volume, Volume.Length);
        Check(reads, BarColumns.Start, StartNs.Length);
    }

    private static double At(ReadOnlySpan<double> column, int bar) => (uint)bar < (uint)column.Length ? column[bar] : double.NaN;

    private static bool Finite(ReadOnlySpan<double> column)
    {
        var zero = System.Numerics.Vector<double>.Zero;
        int width = System.Numerics.Vector<double>.Count;
        int i = 0;
        for (; i <= column.Length - width; i += width)
        {
            var x = new System.Numerics.Vector<double>(column[i..]);
            zero += x - x;
        }

        double sum = System.Numerics.Vector.Sum(zero);
        for (; i < column.Length; i++) sum += column[i] - column[i];
        return sum == 0;
    }

    private void Check(BarColumns reads, BarColumns column, int length)
    {
        if ((reads & column) != 0 && length != Length) throw new ArgumentException($"The column {column} has {length} values and Close {Length}; the indicator reads both.");
    }
}
