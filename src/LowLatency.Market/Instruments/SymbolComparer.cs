using System.Text;

namespace LowLatency.Market.Instruments;

/// <summary>Compares symbols as strings and as the UTF-8 bytes that feeds deliver, so that a look-up from bytes allocates nothing.</summary>
internal sealed class SymbolComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    private const int MaxBytes = 128;

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

    public int GetHashCode(string obj)
    {
        Span<byte> bytes = stackalloc byte[MaxBytes];
        return Encoding.UTF8.TryGetBytes(obj, bytes, out int written) ? GetHashCode(bytes[..written]) : 0;
    }

    public bool Equals(ReadOnlySpan<byte> alternate, string other)
    {
        if (alternate.Length != other.Length) return false;
        // Symbols are ASCII: InstrumentTable and SourceTable take nothing else.
        for (int i = 0; i < other.Length; i++)
        {
            if (alternate[i] != other[i]) return false;
        }

        return true;
    }

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        // FNV-1a.
        uint hash = 2166136261;
        foreach (byte b in alternate) hash = (hash ^ b) * 16777619;
        return (int)hash;
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.ASCII.GetString(alternate);
}
