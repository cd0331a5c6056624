namespace LowLatency.Gateway.Fanout;

/// <summary>How far back a snapshot goes.</summary>
/// <param name="Kind">Whether by time at all.</param>
/// <param name="Ns">The time, in nanoseconds, for <see cref="SnapshotKind.Window"/>.</param>
internal readonly record struct SnapshotWindow(SnapshotKind Kind, long Ns);
