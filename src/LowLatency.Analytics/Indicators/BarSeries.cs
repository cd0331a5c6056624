using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Indicators;

/// <summary>Bars as columns of equal length, oldest first. Columns that an indicator does not read may be left empty.</summary>
public readonly ref struct BarSeries
{
    private const double Most = 1e120;

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

    /// <summary>Whether all that is read is finite and so far from the largest double that no batch form can overflow.</summary>
    internal bool IsOrdinary(BarColumns reads) =>
        Ordinary(Close)
        && ((reads & BarColumns.Open) == 0 || Ordinary(Open))
        && ((reads & BarColumns.High) == 0 || Ordinary(High))
        && ((reads & BarColumns.Low) == 0 || Ordinary(Low))
        && ((reads & BarColumns.Volume) == 0 || Ordinary(Volume));

    internal void Check(BarColumns reads)
    {
        Check(reads, BarColumns.Open, Open.Length);
        Check(reads, BarColumns.High, High.Length);
        Check(reads, BarColumns.Low, Low.Length);
        Check(reads, BarColumns.Volume, Volume.Length);
        Check(reads, BarColumns.Start, StartNs.Length);
    }

    private static double At(ReadOnlySpan<double> column, int bar) => (uint)bar < (uint)column.Length ? column[bar] : double.NaN;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Ordinary(ReadOnlySpan<double> column)
    {
        var most = new Vector<double>(Most);
        int i = 0;
        for (; i <= column.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            // A comparison with NaN is false.
            if (!Vector.LessThanAll(Vector.Abs(new Vector<double>(column[i..])), most)) return false;
        }

        for (; i < column.Length; i++)
        {
            if (!(Math.Abs(column[i]) < Most)) return false;
        }

        return true;
    }

    private void Check(BarColumns reads, BarColumns column, int length)
    {
        if ((reads & column) != 0 && length != Length) throw new ArgumentException($"The column {column} has {length} values and Close {Length}; the indicator reads both.");
    }
}
