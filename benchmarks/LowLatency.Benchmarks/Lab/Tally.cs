using System.Runtime.CompilerServices;

namespace LowLatency.Benchmarks.Lab;

/// <summary>What a consumer saw, held against what was sent: order, number and content. Without branches, so that checking costs next to nothing.</summary>
/// <param name="first">The sequence that comes first.</param>
public struct Tally(long first)
{
    private readonly long _first = first;
    private long _next = first;
    private long _wrong;
    private long _sum;

    /// <summary>Takes one event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(in LabEvent taken)
    {
        _wrong |= taken.Sequence ^ _next;
        _sum += taken.Value;
        _next++;
    }

    /// <summary>Checks what was taken.</summary>
    /// <param name="count">How many events were sent.</param>
    /// <param name="who">Who took them, for the message.</param>
    /// <exception cref="LabException">Something was lost, doubled, changed or out of order.</exception>
    public readonly void Check(long count, string who)
    {
        long sum = LabEvent.SumOf(_first, count);
        if (_wrong == 0 && _next == _first + count && _sum == sum) return;
        throw new LabException($"{who} took {_next - _first} events of {count}, sum {_sum} for {sum}, order {(_wrong == 0 ? "right" : "wrong")}: the run measures something that does not work.");
    }
}
