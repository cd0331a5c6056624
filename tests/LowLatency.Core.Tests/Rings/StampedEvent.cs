using System.Runtime.InteropServices;
using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>A stamped event of 64 bytes whose words all follow from its producer and number, so that one seen too early shows.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
public struct StampedEvent : ITestEvent, IStampedEvent
{
    [FieldOffset(0)]
    private long _producer;
    [FieldOffset(8)]
    private long _number;
    [FieldOffset(16)]
    private ulong _a;
    [FieldOffset(24)]
    private ulong _b;
    [FieldOffset(32)]
    private ulong _c;
    [FieldOffset(48)]
    private ulong _check;
    [FieldOffset(56)]
    private long _stamp;

    public readonly long Producer => _producer;

    public readonly long Number => _number;

    public void Fill(long producer, long number)
    {
        // What stands in the stamp's place is the ring's own affair: the worst that it could hold by chance is the number of a sequence, and first of all.
        _stamp = number;
        _check = 0;
        _producer = producer;
        _number = number;
        _a = (ulong)number * 0x9E3779B97F4A7C15;
        _b = _a ^ (ulong)producer;
        _c = _b * 3;
        _check = Sum();
    }

    public readonly bool IsWhole() => _a == (ulong)_number * 0x9E3779B97F4A7C15 && _b == (_a ^ (ulong)_producer) && _c == _b * 3 && _check == Sum();

    private readonly ulong Sum() => (ulong)_producer + (ulong)_number + _a + _b + _c + 1;
}
