using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Analytics.Indicators.Volatility;

/// <summary>
/// Bollinger bands over a whole series: the sums of each block as <see cref="Windows.WindowMoments"/> adds them, forwards and backwards side by side, and
/// what comes of the sums by vectors.
/// </summary>
/// <param name="length">n.</param>
/// <param name="deviations">k.</param>
internal sealed class BbandsBatch(int length, double deviations) : IBatchForm
{
    private const int Piece = 1024;

    public void Compute(in BarSeries bars, Span<double> values)
    {
        ReadOnlySpan<double> x = bars.Close;
        int piece = length * Math.Max(1, Piece / length);
        double[] memory = new double[(4 * (length + 1)) + (3 * piece)];
        Span<double> suffixSums = memory.AsSpan(0, length + 1);
        Span<double> suffixSquares = memory.AsSpan(length + 1, length + 1);
        Span<double> nextSums = memory.AsSpan(2 * (length + 1), length + 1);
        Span<double> nextSquares = memory.AsSpan(3 * (length + 1), length + 1);
        Span<double> sums = memory.AsSpan(4 * (length + 1), piece);
        Span<double> squares = memory.AsSpan((4 * (length + 1)) + piece, piece);
        Span<double> shifts = memory.AsSpan((4 * (length + 1)) + (2 * piece), piece);
        double shift = 0;
        for (int first = 0; first < x.Length; first += piece)
        {
            int all = Math.Min(piece, x.Length - first);
            for (int at = 0; at < all; at += length)
            {
                int count = Math.Min(length, all - at);
                ReadOnlySpan<double> block = x.Slice(first + at, count);
                shifts.Slice(at, count).Fill(shift);
                if (count < length)
                {
                    AddPart(block, shift, suffixSums[1..], suffixSquares[1..], sums.Slice(at, count), squares.Slice(at, count));
                    break;
                }

                AddBlock(block, shift, suffixSums[1..], suffixSquares[1..], nextSums[..length], nextSquares[..length], sums.Slice(at, count), squares.Slice(at, count));
                // The whole block is the window of its last value, measured from that value.
                int last = at + count - 1;
                shift = block[^1];
                (sums[last], squares[last], shifts[last]) = (nextSums[0], nextSquares[0], shift);
                Span<double> swap = suffixSums;
                suffixSums = nextSums;
                nextSums = swap;
                swap = suffixSquares;
                suffixSquares = nextSquares;
                nextSquares = swap;
            }

            Finish(x, values, first, shifts[..all], sums[..all], squares[..all]);
        }

        int before = Math.Min(length - 1, x.Length);
        for (int at = 0; at < values.Length; at += x.Length) values.Slice(at, before).Fill(double.NaN);
    }

    // Forwards the prefixes, which with the suffixes of the block before are the windows, and backwards the suffixes: four sums that do not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBlock(
        ReadOnlySpan<double> x,
        double shift,
        ReadOnlySpan<double> suffixSums,
        ReadOnlySpan<double> suffixSquares,
        Span<double> nextSums,
        Span<double> nextSquares,
        Span<double> sums,
        Span<double> squares)
    {
        suffixSums = suffixSums[..x.Length];
        suffixSquares = suffixSquares[..x.Length];
        nextSums = nextSums[..x.Length];
        nextSquares = nextSquares[..x.Length];
        sums = sums[..x.Length];
        squares = squares[..x.Length];
        int back = x.Length - 1;
        double newest = x[back];
        double sum = 0;
        double square = 0;
        double backSum = 0;
        double backSquare = 0;
        for (int i = 0; i < x.Length; i++, back--)
        {
            double distance = x[i] - shift;
            sum += distance;
            square += distance * distance;
            sums[i] = suffixSums[i] + sum;
            squares[i] = suffixSquares[i] + square;
            double behind = x[back] - newest;
            backSum += behind;
            backSquare += behind * behind;
            nextSums[back] = backSum;
            nextSquares[back] = backSquare;
        }
    }

    private static void AddPart(ReadOnlySpan<double> x, double shift, ReadOnlySpan<double> suffixSums, ReadOnlySpan<double> suffixSquares, Span<double> sums, Span<double> squares)
    {
        double sum = 0;
        double square = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double distance = x[i] - shift;
            sum += distance;
            square += distance * distance;
            sums[i] = suffixSums[i] + sum;
            squares[i] = suffixSquares[i] + square;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(ReadOnlySpan<double> x, Span<double> values, int start, ReadOnlySpan<double> shifts, ReadOnlySpan<double> sums, ReadOnlySpan<double> squares)
    {
        int bars = x.Length;
        int columns = values.Length / bars;
        shifts = shifts[..sums.Length];
        squares = squares[..sums.Length];
        int width = Vector<double>.Count;
        double inverse = 1.0 / length;
        int i = 0;
        for (; i <= sums.Length - width; i += width)
        {
            int at = start + i;
            Vector<double> offset = new Vector<double>(sums[i..]) * inverse;
            Vector<double> mean = new Vector<double>(shifts[i..]) + offset;
            Vector<double> variance = Vector.MaxNative(Vector<double>.Zero, (new Vector<double>(squares[i..]) * inverse) - (offset * offset));
            Vector<double> distance = deviations * Vector.SquareRoot(variance);
            Vector<double> upper = mean + distance;
            upper.CopyTo(values[at..]);
            if (columns > 1) mean.CopyTo(values[(bars + at)..]);
            if (columns == 2) continue;
            Vector<double> lower = mean - distance;
            if (columns > 2) lower.CopyTo(values[((2 * bars) + at)..]);
            if (columns <= 3) continue;
            Vector<double> percent = (new Vector<double>(x[at..]) - lower) / (upper - lower);
            Vector.ConditionalSelect(Vector.Equals(variance, Vector<double>.Zero), new Vector<double>(double.NaN), percent).CopyTo(values[((3 * bars) + at)..]);
            if (columns > 4) ((upper - lower) / mean).CopyTo(values[((4 * bars) + at)..]);
        }

        Span<double> row = stackalloc double[5];
        for (; i < sums.Length; i++)
        {
            double offset = sums[i] * inverse;
            double variance = Math.Max(0, (squares[i] * inverse) - (offset * offset));
            BbandsKernel.Bands(x[start + i], shifts[i] + offset, variance, deviations, row);
            for (int o = 0; o < columns; o++) values[(o * bars) + start + i] = row[o];
        }
    }
}
