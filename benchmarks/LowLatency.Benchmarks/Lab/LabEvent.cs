using System.Runtime.InteropServices;
using LowLatency.Core.Rings;

namespace LowLatency.Benchmarks.Lab;

/// <summary>What every experiment moves: 64 bytes, one cache line. The last eight belong to our ring; a Java object keeps its header in its 64.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct LabEvent : IStampedEvent
{
    /// <summary>The number of the event among its producer's, from 0.</summary>
    public long Sequence;

    /// <summary>What the consumers add up: <see cref="ValueOf"/> of the sequence.</summary>
    public long Value;

    /// <summary>When the event was meant to be sent, in nanoseconds of <see cref="System.Diagnostics.Stopwatch"/>; 0 where nobody looks.</summary>
    public long IntendedNs;

    /// <summary>Which producer sent it, from 0.</summary>
    public long Producer;

    /// <summary>The value that belongs to a sequence.</summary>
    public static long ValueOf(long sequence) => (sequence * 31) + 7;

    /// <summary>The sum of the values of [<paramref name="first"/>, <paramref name="first"/> + <paramref name="count"/>), wrapping as the consumers' sums do.</summary>
    public static long SumOf(long first, long count)
    {
        Int128 sequences = ((Int128)first + first + count - 1) * count / 2;
        return unchecked((long)((sequences * 31) + (7 * (Int128)count)));
    }
}
