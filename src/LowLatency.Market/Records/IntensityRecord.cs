using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// How intensely an instrument trades, after one of its trades; 128 bytes, little-endian. NaN: not warmed up yet. Its efficiency is net over path (0 when
/// the path is 0).
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | k (i64)                                                               |  32
///   | price (f64)                                                           |  40
///   | path_bps (f64)                                                        |  48
///   | net_bps (f64)                                                         |  56
///   | elapsed_s (f64)                                                       |  64
///   | intensity (f64)                                                       |  72
///   | smoothed (f64)                                                        |  80
///   | base (f64)                                                            |  88
///   | cv (f64)                                                              |  96
///   | buffer (f64)                                                          | 104
///   | spike_on (u8) | direction (i8) | 0                                    | 112
///   | input (i64)                                                           | 120
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct IntensityRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Intensity"/>, its event_ns the trade's.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Number of the trade, from 0, among the instrument's accepted trades that were not late.</summary>
    [FieldOffset(32)]
    public long K;

    /// <summary>The trade's price.</summary>
    [FieldOffset(40)]
    public double Price;

    /// <summary>Length of the price's path over the last trades, in basis points.</summary>
    [FieldOffset(48)]
    public double PathBps;

    /// <summary>Net move over the same trades, in basis points.</summary>
    [FieldOffset(56)]
    public double NetBps;

    /// <summary>Time that they took, in seconds, not below the floor.</summary>
    [FieldOffset(64)]
    public double ElapsedSeconds;

    /// <summary>Path over elapsed time, in basis points a second.</summary>
    [FieldOffset(72)]
    public double Intensity;

    /// <summary>The intensity smoothed, same unit.</summary>
    [FieldOffset(80)]
    public double Smoothed;

    /// <summary>What is usual, same unit: an on-going spike ends below it.</summary>
    [FieldOffset(88)]
    public double Base;

    /// <summary>Coefficient of variation of the smoothed intensity over the window, capped.</summary>
    [FieldOffset(96)]
    public double Cv;

    /// <summary>What has to be exceeded for a spike, in basis points a second.</summary>
    [FieldOffset(104)]
    public double Buffer;

    /// <summary>1 while a spike is on, after this trade; else 0.</summary>
    [FieldOffset(112)]
    public byte SpikeOn;

    /// <summary>Direction of the spike that is on: +1 up, -1 down, 0 none or not known yet.</summary>
    [FieldOffset(113)]
    public sbyte Direction;

    /// <summary>Position, from 0, of the input record whose processing emitted it.</summary>
    [FieldOffset(120)]
    public long Input;
}
