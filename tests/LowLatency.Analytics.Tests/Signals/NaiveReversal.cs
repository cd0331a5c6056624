namespace LowLatency.Analytics.Tests.Signals;

/// <summary>A reversal as the twin has it.</summary>
internal sealed record NaiveReversal(int Version, int Direction, double Price, double Strength, double Extreme, double Invalidation, int Spike, long Input, long TimeNs);
