using System.Runtime.Intrinsics;
using LowLatency.Analytics.Numerics;
using LowLatency.Core.Memory;

namespace LowLatency.Analytics.Normalization;

/// <summary>
/// The last accepted prices of every instrument, in rows of one flat array, and the test whether a price lies far from their lower median. Most
/// prices lie near all of the window, which a few vector comparisons show without sorting anything.
/// </summary>
internal sealed class PriceWindow
{
    private static readonly int Lanes = Vector512<double>.Count;

    private readonly int _window;
    private readonly int _stride;
    private readonly double _limit;
    private readonly double[] _sorted;
    private AlignedMemory<double> _prices;
    private int[] _counts = [];
    private int[] _next = [];
    private OutlierLimit[] _limits = [];

    public PriceWindow(int window, double limit)
    {
        _window = window;
        _stride = (window + Lanes - 1) / Lanes * Lanes;
        _limit = limit;
        _sorted = new double[window];
        // The first sort of a process sets the framework's sorter up, by reflection: now, not at the first outlier.
        _sorted.AsSpan().Sort();
    }

    public void EnsureInstruments(int count)
    {
        if (count <= _counts.Length) return;
        _prices = _prices.Grown(count * _stride);
        Array.Resize(ref _counts, count);
        Array.Resize(ref _next, count);
        int before = _limits.Length;
        Array.Resize(ref _limits, count);
        _limits.AsSpan(before).Fill(new OutlierLimit(_limit));
    }

    /// <summary>Gives one instrument a limit of its own.</summary>
    public void SetLimit(int instrument, double limit) => _limits[instrument] = new OutlierLimit(limit);

    /// <summary>Whether |ln(price / median)| is above the limit; false while there is no price.</summary>
    public bool IsOutlier(int instrument, double price)
    {
        int count = _counts[instrument];
        if (count == 0) return false;
        ReadOnlySpan<double> row = _prices.Span.Slice(instrument * _stride, _stride);
        ref readonly OutlierLimit limit = ref _limits[instrument];
        Vector512<double> low = Vector512.Create(price * limit.LowestOfPrice);
        Vector512<double> high = Vector512.Create(price * limit.HighestOfPrice);
        for (int i = 0; i < row.Length; i += Lanes)
        {
            Vector512<double> prices = Vector512.Create(row.Slice(i, Lanes));
            if (!Vector512.GreaterThanOrEqualAll(prices, low) || !Vector512.LessThanOrEqualAll(prices, high)) return IsOutlierByMedian(row[..count], price, limit.LogReturn);
        }

        return false;
    }

    public void Add(int instrument, double price)
    {
        Span<double> row = _prices.Span.Slice(instrument * _stride, _stride);
        int next = _next[instrument];
        if (_counts[instrument] < _window)
        {
            // Places without a price of their own repeat the newest, so that the vector test sees only prices of the window.
            row[next..].Fill(price);
            _counts[instrument]++;
        }
        else
        {
            row[next] = price;
            // One place at most, with the usual window: a call would take longer.
            for (int i = _window; i < row.Length; i++) row[i] = price;
        }

        _next[instrument] = next + 1 == _window ? 0 : next + 1;
    }

    public void Clear(int instrument)
    {
        _counts[instrument] = 0;
        _next[instrument] = 0;
    }

    private bool IsOutlierByMedian(ReadOnlySpan<double> prices, double price, double limit)
    {
        Span<double> sorted = _sorted.AsSpan(0, prices.Length);
        prices.CopyTo(sorted);
        sorted.Sort();
        return Math.Abs(NaturalLog.OfRatio(price, sorted[(sorted.Length - 1) / 2])) > limit;
    }

    /// <summary>A limit, and factors: when every price of the window lies between a price times these, the median does; the margin covers the rounding of ln and exp.</summary>
    private readonly struct OutlierLimit(double logReturn)
    {
        public readonly double LogReturn = logReturn;
        public readonly double LowestOfPrice = Math.Exp(-logReturn) * (1 + 1e-9);
        public readonly double HighestOfPrice = Math.Exp(logReturn) * (1 - 1e-9);
    }
}
