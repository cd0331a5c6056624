namespace LowLatency.Engine.Tests.Replay;

/// <summary>A trade; the side is 1 for a buyer, -1 for a seller, 0 for nobody knows.</summary>
internal sealed record NaiveTrade(long EventNs, double Price, double Size, int Side);
