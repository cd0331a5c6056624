using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// A reversal signal; 128 bytes, little-endian. It is said once and never changed.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | price (f64)                                                           |  32
///   | strength (f64)                                                        |  40
///   | extreme (f64)                                                         |  48
///   | invalidation (f64)                                                    |  56
///   | spike (i64)                                                           |  64
///   | version (u8) | direction (i8) | 0                                     |  72
///   | 0                                                                     |  80
///   | input (i64)                                                           | 120
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct ReversalRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Reversal"/>, its event_ns the trade's (versions 1 and 2) or the bar's end (3 and 4).</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Price of the trade, or close of the bar.</summary>
    [FieldOffset(32)]
    public double Price;

    /// <summary>Strength, above 0 and at most 1.</summary>
    [FieldOffset(40)]
    public double Strength;

    /// <summary>The extreme price from which the reversal is.</summary>
    [FieldOffset(48)]
    public double Extreme;

    /// <summary>The price at which the signal has proved wrong, beyond the extreme.</summary>
    [FieldOffset(56)]
    public double Invalidation;

    /// <summary>Number of the instrument's spike, from 0; -1 for version 4, which needs none.</summary>
    [FieldOffset(64)]
    public long Spike;

    /// <summary>Which version: 1 to 4.</summary>
    [FieldOffset(72)]
    public byte Version;

    /// <summary>+1 expects the price to rise, -1 to fall.</summary>
    [FieldOffset(73)]
    public sbyte Direction;

    /// <summary>Position, from 0, of the input record whose processing emitted it.</summary>
    [FieldOffset(120)]
    public long Input;
}
