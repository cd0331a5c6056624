using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// A bar; 128 bytes, little-endian. The header's event_ns is the time that made it be said: the end of the bar, or of the trade that changed it.
/// <code>
///   +-----------------------------------------------------------------------+
///   | RecordHeader                                                          |   0
///   | start_ns (i64)                                                        |  32
///   | end_ns (i64)                                                          |  40
///   | open, high, low, close (4 x f64)                                      |  48
///   | volume (f64)                                                          |  80
///   | vwap (f64)                                                            |  88
///   | buy_volume (f64)                                                      |  96
///   | count (u32)                       | revision (u32)                    | 104
///   | spec (u16)     | state (u8) | why (u8) | level (i32)                  | 112
///   | input (i64)                                                           | 120
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct BarRecord
{
    /// <summary>The header; its type is <see cref="RecordType.Bar"/>.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>Begin of the bar, nanoseconds since 1970, part of it; of bars that are not of time the event time of the first trade.</summary>
    [FieldOffset(32)]
    public long StartNs;

    /// <summary>End of a time bar, same unit, not part of it; of other bars the event time of the last trade.</summary>
    [FieldOffset(40)]
    public long EndNs;

    /// <summary>Price of the first trade; NaN when the bar has none left.</summary>
    [FieldOffset(48)]
    public double Open;

    /// <summary>Highest price.</summary>
    [FieldOffset(56)]
    public double High;

    /// <summary>Lowest price.</summary>
    [FieldOffset(64)]
    public double Low;

    /// <summary>Price of the last trade.</summary>
    [FieldOffset(72)]
    public double Close;

    /// <summary>Sum of the sizes.</summary>
    [FieldOffset(80)]
    public double Volume;

    /// <summary>Sum of price times size over the sum of the sizes; the close when that is 0.</summary>
    [FieldOffset(88)]
    public double Vwap;

    /// <summary>Sum of the sizes of the trades whose aggressor bought.</summary>
    [FieldOffset(96)]
    public double BuyVolume;

    /// <summary>Number of trades.</summary>
    [FieldOffset(104)]
    public uint Count;

    /// <summary>How often this bar has been said before as closed or revised.</summary>
    [FieldOffset(108)]
    public uint Revision;

    /// <summary>Which kind of bar: an index into <see cref="Streams.ChannelTable.Bars"/>.</summary>
    [FieldOffset(112)]
    public ushort Spec;

    /// <summary>Open, closed or revised.</summary>
    [FieldOffset(114)]
    public BarState State;

    /// <summary>Why it was revised.</summary>
    [FieldOffset(115)]
    public RevisionReason Why;

    /// <summary>Of Renko bars: how many bricks the close lies above the first price, negative below; else 0.</summary>
    [FieldOffset(116)]
    public int Level;

    /// <summary>Position, from 0, of the input record whose processing emitted it; -1 when the end of the input did.</summary>
    [FieldOffset(120)]
    public long Input;
}
