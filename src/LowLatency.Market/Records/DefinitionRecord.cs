using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatency.Market.Records;

/// <summary>
/// What an id of other records stands for; 128 bytes, little-endian. It belongs to no stream: its header's instrument is the id, its sequence 0. A text that is too
/// long for one record is in several that follow each other, parts 0, 1, 2 …
/// <code>
///   +--------+--------+--------+--------+--------+--------------------------+
///   | RecordHeader                                                          |   0
///   | kind   | part   | parts  | length | bar    | 0                        |  32
///   | interval_ns (i64)                                                     |  40
///   | size (f64)                                                            |  48
///   | text (72 bytes of UTF-8, length of them used)                         |  56
///   +-----------------------------------------------------------------------+ 128
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
public struct DefinitionRecord
{
    /// <summary>Bytes of text in one record.</summary>
    public const int TextBytes = 72;

    /// <summary>The most parts of one definition.</summary>
    public const int MaxParts = 255;

    /// <summary>The header; its type is <see cref="RecordType.Definition"/>, its instrument the id that is defined.</summary>
    [FieldOffset(0)]
    public RecordHeader Header;

    /// <summary>What is defined.</summary>
    [FieldOffset(32)]
    public DefinitionKind Kind;

    /// <summary>Which part of the text this is, from 0.</summary>
    [FieldOffset(33)]
    public byte Part;

    /// <summary>How many parts there are, at least 1.</summary>
    [FieldOffset(34)]
    public byte Parts;

    /// <summary>How many bytes of <see cref="Text"/> are used.</summary>
    [FieldOffset(35)]
    public byte Length;

    /// <summary>Of a kind of bar: what ends it, <see cref="Streams.BarKind"/>.</summary>
    [FieldOffset(36)]
    public byte BarKind;

    /// <summary>Of a kind of bar: length of a time bar in nanoseconds, 0 of others.</summary>
    [FieldOffset(40)]
    public long IntervalNs;

    /// <summary>Of a kind of bar: how large one is that is not of time.</summary>
    [FieldOffset(48)]
    public double Size;

    /// <summary>The text.</summary>
    [FieldOffset(56)]
    public TextBuffer Text;

    /// <summary>Room for text.</summary>
    [InlineArray(TextBytes)]
    public struct TextBuffer
    {
        private byte _first;
    }
}
