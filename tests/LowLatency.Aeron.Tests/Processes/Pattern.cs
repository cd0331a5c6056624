using System.Runtime.InteropServices;

namespace LowLatency.Aeron.Tests.Processes;

/// <summary>Messages that tell by themselves whether they are whole: producer, number, length, and words that follow from them.</summary>
internal static class Pattern
{
    public const int LeastLength = 16;

    /// <summary>The length of a producer's message: from a least to a most, the same for reader and writer.</summary>
    public static int LengthOf(long number, int least, int most) => least + (int)((ulong)Mix(number) % (uint)(most - least + 1));

    public static void Write(Span<byte> message, int producer, long number)
    {
        Span<long> words = MemoryMarshal.Cast<byte, long>(message);
        words[0] = ((long)producer << 32) | (uint)message.Length;
        words[1] = number;
        for (int i = 2; i < words.Length; i++) words[i] = Mix(number + i);
        for (int i = words.Length * 8; i < message.Length; i++) message[i] = (byte)number;
    }

    /// <summary>Whether it is whole.</summary>
    public static bool Check(ReadOnlySpan<byte> message, out int producer, out long number)
    {
        ReadOnlySpan<long> words = MemoryMarshal.Cast<byte, long>(message);
        producer = 0;
        number = -1;
        if (words.Length < 2 || (uint)words[0] != message.Length) return false;
        producer = (int)(words[0] >> 32);
        number = words[1];
        for (int i = 2; i < words.Length; i++)
        {
            if (words[i] != Mix(number + i)) return false;
        }

        for (int i = words.Length * 8; i < message.Length; i++)
        {
            if (message[i] != (byte)number) return false;
        }

        return true;
    }

    private static long Mix(long value)
    {
        ulong x = (ulong)value * 0x9E37_79B9_7F4A_7C15;
        return (long)(x ^ (x >> 29));
    }
}
