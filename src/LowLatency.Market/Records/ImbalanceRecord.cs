using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// What closed an imbalance bar; 64 bytes, little-endian. Published right behind the bar, with the same start and event time.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |  0
///   | start_ns (i64)                                                        | 32
///   | theta (f64)                                                           | 40
///   | threshold (f64)                                                       | 48
///   | input (i64)                                                           | 56
///   +-----------------------------------------------------------------------+ 64
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct ImbalanceRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Imbalance"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Event time of the bar's first trade, nanoseconds since 1970.</summary>
    [FieldOffset(32)]
    public long StartNs;

    /// <summary>Sum of aggressor times size over the bar, in the instrument's units.</summary>
    [FieldOffset(40)]
    public double Theta;

    /// <summary>What |theta| had to reach, same unit; NaN for the first bar, which is closed by its number of trades.</summary>
    [FieldOffset(48)]
    public double Threshold;

    /// <summary>Position, from 0, of the input record that closed it.</summary>
    [FieldOffset(56)]
    public long Input;
}
