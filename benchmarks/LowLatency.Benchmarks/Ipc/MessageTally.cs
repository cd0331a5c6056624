using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>A subscriber's handler that holds what it gets against what was sent: order, number and content. Without branches.</summary>
/// <param name="first">The number of the message that comes first.</param>
internal struct MessageTally(long first) : IFragmentHandler
{
    private readonly long _first = first;
    private long _next = first;
    private long _wrong;
    private long _sum;

    /// <summary>Writes a message's number and what belongs to it; the rest of its bytes stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Span<byte> message, long number)
    {
        MemoryMarshal.Write(message, number);
        MemoryMarshal.Write(message[sizeof(long)..], LabEvent.ValueOf(number));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        _wrong |= MemoryMarshal.Read<long>(payload) ^ _next;
        _sum += MemoryMarshal.Read<long>(payload[sizeof(long)..]);
        _next++;
    }

    /// <summary>Checks what came.</summary>
    /// <param name="count">How many messages were sent.</param>
    /// <param name="who">Who took them, for the message.</param>
    /// <exception cref="LabException">Something was lost, doubled, changed or out of order.</exception>
    public readonly void Check(long count, string who)
    {
        long sum = LabEvent.SumOf(_first, count);
        if (_wrong == 0 && _next == _first + count && _sum == sum) return;
        string order = _wrong == 0 ? "right" : "wrong";
        throw new LabException($"{who} took {_next - _first} messages of {count}, sum {_sum} for {sum}, order {order}: the run measures something that does not work.");
    }
}
