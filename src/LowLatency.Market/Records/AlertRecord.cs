using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// An alert: a rule of the settings has become true for an instrument; 128 bytes, little-endian. It is said once and never changed.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | alert (u32)                       | suppressed (u32)                  |  32
///   | begin_ns (i64)                                                        |  40
///   | input (i64)                                                           |  48
///   | count (u8) | 0                                                        |  56
///   | values (8 x f64)                                                      |  64
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct AlertRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Alert"/>, its event_ns the time at which the rule became true, or had been true for as long as it asks.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Which rule: an id of <see cref="Streams.AlertTable"/>.</summary>
    [FieldOffset(32)]
    public uint Alert;

    /// <summary>How often it became true since the alert before and was not said, because of the rule's cooldown.</summary>
    [FieldOffset(36)]
    public uint Suppressed;

    /// <summary>Since when the rule has been true, nanoseconds since 1970: event_ns less what the rule asks for.</summary>
    [FieldOffset(40)]
    public long BeginNs;

    /// <summary>Position, from 0, of the input record whose processing emitted it.</summary>
    [FieldOffset(48)]
    public long Input;

    /// <summary>How many of the values are used.</summary>
    [FieldOffset(56)]
    public byte Count;

    /// <summary>What the rule compares, in the order of its text, numbers left out.</summary>
    [FieldOffset(64)]
    public IndicatorValues Values;
}
