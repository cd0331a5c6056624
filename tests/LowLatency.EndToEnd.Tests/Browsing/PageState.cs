namespace LowLatency.EndToEnd.Tests.Browsing;

/// <summary>What the page says of itself in window.lowLatency.</summary>
internal sealed record PageState(
    string State, string Symbol, string Interval, int Candles, int Updates, double? LastClose, double? LastPrice, long Messages, long Losses, int Reconnects);
