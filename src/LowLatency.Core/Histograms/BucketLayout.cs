using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Core.Histograms;

/// <summary>
/// Which values share a bucket. Values up to the first power of two that holds twice ten to the digits are one unit wide each; every further power
/// of two is cut into half as many buckets, so that a bucket is never wider than the digits allow. The layout of HdrHistogram, index for index.
/// </summary>
internal readonly record struct BucketLayout
{
    private readonly int _unitShift;
    private readonly int _halfShift;
    private readonly int _leadingZerosOfFirst;
    private readonly long _maskOfFirst;

    public BucketLayout(long lowest, long highest, int digits)
    {
        if (digits is < 1 or > 5) throw new ArgumentOutOfRangeException(nameof(digits), digits, "Significant digits are from 1 to 5.");
        ArgumentOutOfRangeException.ThrowIfLessThan(lowest, 1);
        if (highest / 2 < lowest) throw new ArgumentOutOfRangeException(nameof(highest), highest, $"The highest trackable value is at least twice the lowest discernible one ({lowest}).");
        (Lowest, Highest, Digits) = (lowest, highest, digits);
        int twiceTheDigits = 2;
        for (int i = 0; i < digits; i++) twiceTheDigits *= 10;
        SubBuckets = (int)BitOperations.RoundUpToPowerOf2((uint)twiceTheDigits);
        int subBucketShift = BitOperations.Log2((uint)SubBuckets);
        _halfShift = subBucketShift - 1;
        _unitShift = BitOperations.Log2((ulong)lowest);
        if (_unitShift + subBucketShift > 62) throw new ArgumentOutOfRangeException(nameof(lowest), lowest, $"{digits} digits of values of this size do not fit into 63 bits.");
        _maskOfFirst = (SubBuckets - 1L) << _unitShift;
        _leadingZerosOfFirst = 64 - _unitShift - subBucketShift;
        Buckets = BucketOf(highest) + 1;
        Length = (Buckets + 1) << _halfShift;
    }

    /// <summary>Values closer together than this are one.</summary>
    public long Lowest { get; }

    /// <summary>Values above it are not told apart.</summary>
    public long Highest { get; }

    /// <summary>The largest value that has an index: buckets come in whole powers of two, so that it may be above <see cref="Highest"/>.</summary>
    public long Top => TopOf(Length - 1);

    /// <summary>Decimal digits that are kept of every value.</summary>
    public int Digits { get; }

    /// <summary>Powers of two, of which the first stands for all below it.</summary>
    public int Buckets { get; }

    /// <summary>Units in the first power of two; twice the number of the others' parts.</summary>
    public int SubBuckets { get; }

    /// <summary>Number of counts.</summary>
    public int Length { get; }

    /// <summary>The index of a value from 0 to <see cref="Top"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(long value)
    {
        int bucket = BucketOf(value);
        // A bucket's parts lie in the upper half of its power of two, which is why the index moves by halves.
        return (bucket << _halfShift) + (int)(value >>> (bucket + _unitShift));
    }

    /// <summary>The smallest value of an index.</summary>
    public long BottomOf(int index)
    {
        int bucket = Math.Max(0, (index >> _halfShift) - 1);
        return (long)(index - (bucket << _halfShift)) << (bucket + _unitShift);
    }

    /// <summary>How many values share an index.</summary>
    public long WidthOf(int index) => 1L << (Math.Max(0, (index >> _halfShift) - 1) + _unitShift);

    /// <summary>The largest value of an index.</summary>
    public long TopOf(int index) => BottomOf(index) + (WidthOf(index) - 1);

    /// <summary>The value in the middle of an index's values, the upper one of two.</summary>
    public long MiddleOf(int index) => BottomOf(index) + (WidthOf(index) >> 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int BucketOf(long value) => _leadingZerosOfFirst - BitOperations.LeadingZeroCount((ulong)(value | _maskOfFirst));
}
