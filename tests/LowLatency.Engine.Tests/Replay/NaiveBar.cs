namespace LowLatency.Engine.Tests.Replay;

/// <summary>A row of a bar file as the plain rules have it.</summary>
internal sealed record NaiveBar(long Row, long StartNs, long Revision, string State, double Open, double High, double Low, double Close, double Volume, long Count, double Vwap, double BuyVolume);
