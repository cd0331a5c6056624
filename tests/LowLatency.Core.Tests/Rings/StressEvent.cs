using System.Runtime.InteropServices;

namespace LowLatency.Core.Tests.Rings;

/// <summary>An event of 64 bytes whose words all follow from its producer and number, so that a torn one shows.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct StressEvent : ITestEvent
{
    public ulong A;
    public ulong B;
    public ulong C;
    public ulong D;
    public ulong E;
    public ulong Check;

    public long Producer { get; private set; }

    public long Number { get; private set; }

    public void Fill(long producer, long number)
    {
        Check = 0;
        Producer = producer;
        Number = number;
        A = (ulong)number * 0x9E3779B97F4A7C15;
        B = A ^ (ulong)producer;
        C = A * 3;
        D = B * 5;
        E = ~C;
        Check = Sum();
    }

    public readonly bool IsWhole() =>
        A == (ulong)Number * 0x9E3779B97F4A7C15 && B == (A ^ (ulong)Producer) && C == A * 3 && D == B * 5 && E == ~C && Check == Sum();

    private readonly ulong Sum() => (ulong)Producer + (ulong)Number + A + B + C + D + E + 1;
}
