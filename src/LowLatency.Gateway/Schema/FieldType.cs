namespace LowLatency.Gateway.Schema;

/// <summary>A primitive type, little-endian.</summary>
/// <param name="NumPy">As NumPy names it.</param>
/// <param name="Sbe">As SBE names it.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record FieldType(string NumPy, string Sbe, int Bytes)
{
    /// <summary>Unsigned, 8 bits.</summary>
    public static readonly FieldType U8 = new("u1", "uint8", 1);

    /// <summary>Signed, 8 bits.</summary>
    public static readonly FieldType I8 = new("i1", "int8", 1);

    /// <summary>Unsigned, 16 bits.</summary>
    public static readonly FieldType U16 = new("<u2", "uint16", 2);

    /// <summary>Unsigned, 32 bits.</summary>
    public static readonly FieldType U32 = new("<u4", "uint32", 4);

    /// <summary>Signed, 32 bits.</summary>
    public static readonly FieldType I32 = new("<i4", "int32", 4);

    /// <summary>Unsigned, 64 bits.</summary>
    public static readonly FieldType U64 = new("<u8", "uint64", 8);

    /// <summary>Signed, 64 bits.</summary>
    public static readonly FieldType I64 = new("<i8", "int64", 8);

    /// <summary>IEEE 754, 64 bits.</summary>
    public static readonly FieldType F64 = new("<f8", "double", 8);
}
