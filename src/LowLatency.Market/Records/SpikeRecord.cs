using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// The begin or the end of a spike of intensity; 128 bytes, little-endian. Each spike is said twice on its stream, so that the number of a spike, from 0,
/// is (sequence - 1) / 2. At the begin, peak and extreme are what they are so far.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | start_ns (i64)                                                        |  32
///   | k (i64)                                                               |  40
///   | price (f64)                                                           |  48
///   | base (f64)                                                            |  56
///   | buffer (f64)                                                          |  64
///   | peak (f64)                                                            |  72
///   | extreme (f64)                                                         |  80
///   | reference (f64)                                                       |  88
///   | displacement_bps (f64)                                                |  96
///   | direction_after (u32)             | peak_after (u32)                  | 104
///   | extreme_after (u32)               | state (u8)| direction (i8)| 0     | 112
///   | input (i64)                                                           | 120
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct SpikeRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Spike"/>, its event_ns that of the trade that began or ended the spike.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Event time of the trade with which it began, nanoseconds since 1970.</summary>
    [FieldOffset(32)]
    public long StartNs;

    /// <summary>Number of the trade that this record is about, among the instrument's accepted trades that were not late: the first or the last of the spike.</summary>
    [FieldOffset(40)]
    public long K;

    /// <summary>Price of that trade.</summary>
    [FieldOffset(48)]
    public double Price;

    /// <summary>The base when the spike began, in basis points a second.</summary>
    [FieldOffset(56)]
    public double Base;

    /// <summary>The buffer when it began, same unit.</summary>
    [FieldOffset(64)]
    public double Buffer;

    /// <summary>Highest smoothed intensity, same unit.</summary>
    [FieldOffset(72)]
    public double Peak;

    /// <summary>Highest price of an upward spike, lowest of a downward one; NaN without a direction.</summary>
    [FieldOffset(80)]
    public double Extreme;

    /// <summary>The price from which the displacement counts: that of the trade as many trades before the one that gave the direction as the path is long; NaN without a direction.</summary>
    [FieldOffset(88)]
    public double Reference;

    /// <summary>10,000 ln(extreme / reference), signed; NaN without a direction.</summary>
    [FieldOffset(96)]
    public double DisplacementBps;

    /// <summary>How many trades after the first one the direction was known.</summary>
    [FieldOffset(104)]
    public uint DirectionAfter;

    /// <summary>How many trades after the first one the peak was.</summary>
    [FieldOffset(108)]
    public uint PeakAfter;

    /// <summary>How many trades after the first one the extreme was.</summary>
    [FieldOffset(112)]
    public uint ExtremeAfter;

    /// <summary>Begin or end.</summary>
    [FieldOffset(116)]
    public SpikeState State;

    /// <summary>+1 up, -1 down, 0 not known yet.</summary>
    [FieldOffset(117)]
    public sbyte Direction;

    /// <summary>Position, from 0, of the input record whose processing emitted it; -1 when the end of the input did.</summary>
    [FieldOffset(120)]
    public long Input;
}
