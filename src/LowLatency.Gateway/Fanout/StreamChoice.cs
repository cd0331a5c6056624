using LowLatency.Gateway.Protocol;

namespace LowLatency.Gateway.Fanout;

/// <summary>How a client wants a stream delivered.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="IntervalNs">For <see cref="DeliveryMode.Interval"/>: the least time between two messages, in nanoseconds.</param>
internal readonly record struct StreamChoice(DeliveryMode Mode, long IntervalNs);
