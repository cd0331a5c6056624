using System.Globalization;

namespace LowLatency.Storage.Journal;

/// <summary>A field of a record, as NumPy is told of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Offset">Where it begins in the record, in bytes.</param>
/// <param name="Format">NumPy's name of its type: u1, &lt;u4, &lt;f8, V32 …</param>
/// <param name="Count">How many values it has; more than 1 for an array.</param>
public sealed record NumpyField(string Name, int Offset, string Format, int Count = 1)
{
    /// <summary>Its length in bytes.</summary>
    /// <exception cref="FormatException"><see cref="Format"/> ends in no length.</exception>
    public int Bytes => Count * int.Parse(Format.AsSpan(Format.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The fields of a record's header, and the rest as bytes: what is true of records of every type.</summary>
    /// <param name="recordBytes">The record's length.</param>
    public static IReadOnlyList<NumpyField> Header(int recordBytes) =>
    [
        new("type", 0, "u1"),
        new("source", 1, "u1"),
        new("flags", 2, "<u2"),
        new("instrument", 4, "<u4"),
        new("event_ns", 8, "<i8"),
        new("receive_ns", 16, "<i8"),
        new("sequence", 24, "<u8"),
        new("payload", 32, $"V{recordBytes - 32}"),
    ];
}
