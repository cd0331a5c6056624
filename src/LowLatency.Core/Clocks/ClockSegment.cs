using System.Runtime.CompilerServices;

namespace LowLatency.Core.Clocks;

/// <summary>
/// A stretch of time during which a clock runs at one speed: from a tick of its own until the next segment begins. The speed is a fraction of
/// 2^48, so that a conversion is one 128-bit product and a shift.
/// </summary>
/// <remarks>
/// Neither readers nor the writer ever wait. The writer links the next segment; whoever first sees the link, any reader or the writer itself,
/// reads the counter and makes that value the segment's beginning. A reader that has found no link after it had read the counter used a tick from
/// before the link, and so from before the beginning; one that converts with the next segment reads its tick after it. The two lines meet at the
/// beginning, hence no reader ever sees the time go back, however long any of them was interrupted anywhere. "After" is true to some nanoseconds
/// only, for the processor may look for the link while it still reads the counter: a new line begins higher by what the two differ in a
/// microsecond, rounded up to a nanosecond.
/// </remarks>
/// <param name="nsPerTick">Speed of the monotonic clock.</param>
/// <param name="epochNsPerTick">Speed of the time of day.</param>
/// <param name="stepNs">How far the monotonic clock jumps forward at the beginning, at least 0.</param>
/// <param name="epochStepNs">How far the time of day jumps at the beginning.</param>
internal sealed class ClockSegment(double nsPerTick, double epochNsPerTick, long stepNs, long epochStepNs)
{
    private const int Shift = 48;
    private const long NotBegun = -1;
    private const double DisorderNs = 1000;

    private readonly ulong _multiplier = (ulong)(nsPerTick * (1L << Shift));
    private readonly ulong _epochMultiplier = (ulong)(epochNsPerTick * (1L << Shift));
    private long _firstTick = NotBegun;
    private long _firstNs;
    private long _firstEpochNs;
    private ClockSegment? _next;

    /// <summary>Speed of the monotonic clock.</summary>
    public double NsPerTick { get; } = nsPerTick;

    /// <summary>The segment that follows; null when there is none yet.</summary>
    public ClockSegment? Next
    {
        // Acquire: pairs with Link's release, so that the segment is found complete.
        get => Volatile.Read(ref _next);
    }

    /// <summary>The first segment of a clock.</summary>
    public static ClockSegment Start(double nsPerTick, ulong tick, long ns, long epochNs) =>
        new(nsPerTick, nsPerTick, 0, 0) { _firstTick = (long)tick, _firstNs = ns, _firstEpochNs = epochNs };

    /// <summary>Monotonic nanoseconds at a tick; before the beginning, those of the beginning.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long MonotonicNs(ulong tick) => _firstNs + Scale(tick, _multiplier);

    /// <summary>Time of day at a tick.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long EpochNs(ulong tick) => _firstEpochNs + Scale(tick, _epochMultiplier);

    /// <summary>Lets another segment follow. The clock's owner only.</summary>
    public void Link(ClockSegment next) => Volatile.Write(ref _next, next);

    /// <summary>Begins this segment at the counter's value now, unless another thread has begun it meanwhile.</summary>
    /// <param name="previous">The segment that links to it.</param>
    /// <param name="counter">The counter.</param>
    public void Begin<TCounter>(ClockSegment previous, ref TCounter counter)
        where TCounter : struct, ITickCounter
    {
        long tick = (long)counter.Read();
        long begun = Interlocked.CompareExchange(ref _firstTick, tick, NotBegun);
        if (begun == NotBegun) begun = tick;
        // Every thread that comes here computes the same two numbers from the same tick: whose store is last does not matter.
        Volatile.Write(ref _firstNs, previous.MonotonicNs((ulong)begun) + stepNs + MarginNs(previous));
        Volatile.Write(ref _firstEpochNs, previous.EpochNs((ulong)begun) + epochStepNs);
    }

    private long MarginNs(ClockSegment previous) => 1 + (long)(DisorderNs * Math.Max(0, 1 - (NsPerTick / previous.NsPerTick)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Scale(ulong tick, ulong multiplier)
    {
        // Two processors' counters may differ by a few ticks: not by time, which stands still for those.
        long ticks = Math.Max((long)tick - _firstTick, 0);
        ulong high = Math.BigMul((ulong)ticks, multiplier, out ulong low);
        return (long)((high << (64 - Shift)) | (low >> Shift));
    }
}
