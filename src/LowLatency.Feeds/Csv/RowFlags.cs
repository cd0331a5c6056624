using System.Runtime.CompilerServices;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Csv;

/// <summary>What the flags field of a row says: parts such as t=17 or susp, between semicolons. Unknown parts are ignored.</summary>
internal struct RowFlags
{
    public ulong TradeId;
    public long ReceiveNs;
    public ulong Sequence;
    public uint Conditions;
    public sbyte Aggressor;
    public RecordFlags Marks;

    /// <summary>Reads a flags field over what other columns have said.</summary>
    /// <param name="text">The field.</param>
    /// <returns>Null, or what is wrong with it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? Read(ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            int end = text.IndexOf((byte)';');
            ReadOnlySpan<byte> part = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            string? problem = part.Length > 2 && part[1] == (byte)'=' ? ReadShort(part[0], part[2..]) : ReadLong(part);
            if (problem is not null) return problem;
        }

        return null;
    }

    private string? ReadShort(byte name, ReadOnlySpan<byte> value)
    {
        switch (name)
        {
            case (byte)'t':
                return IntegerText.TryParse(value, out TradeId) ? null : "t= is a trade id: an unsigned integer below 2^64";
            case (byte)'r':
                return IntegerText.TryParseTime(value, out ReceiveNs) ? null : "r= is the receive time: nanoseconds since 1970";
            case (byte)'c':
                return IntegerText.TryParseHex(value, out Conditions) ? null : "c= is a condition: up to 8 hexadecimal digits";
            case (byte)'m':
                if (value.Length != 1 || value[0] is not ((byte)'0' or (byte)'1')) return "m= is 1 (the buyer is the maker) or 0";
                Aggressor = (sbyte)(value[0] == (byte)'1' ? -1 : 1);
                return null;
            case (byte)'X':
                Conditions = FirstLetters(value);
                return null;
            default:
                return null;
        }
    }

    private string? ReadLong(ReadOnlySpan<byte> part)
    {
        if (part.StartsWith("seq="u8))
        {
            Marks |= RecordFlags.ChannelSequence;
            return IntegerText.TryParse(part[4..], out Sequence) ? null : "seq= is a sequence number: an unsigned integer below 2^64";
        }

        if (part.StartsWith("side="u8)) return ReadSide(part[5..]);
        if (part.SequenceEqual("susp"u8)) Marks |= RecordFlags.SourceSuspect;
        // A known name with nothing behind it.
        return part.Length == 2 && part[1] == (byte)'=' && part[0] is (byte)'t' or (byte)'r' or (byte)'c' or (byte)'m' ? "there is no value behind =" : null;
    }

    private string? ReadSide(ReadOnlySpan<byte> value)
    {
        switch (value.Length == 1 ? value[0] : (byte)0)
        {
            case (byte)'B':
                Aggressor = 1;
                return null;
            case (byte)'A' or (byte)'S':
                Aggressor = -1;
                return null;
            case (byte)'N':
                Aggressor = 0;
                return null;
            default:
                return "side= is B (buy), A or S (sell), or N (none)";
        }
    }

    private static uint FirstLetters(ReadOnlySpan<byte> value)
    {
        uint packed = 0;
        for (int i = 0; i < Math.Min(4, value.Length); i++) packed |= (uint)value[i] << (8 * i);
        return packed;
    }
}
