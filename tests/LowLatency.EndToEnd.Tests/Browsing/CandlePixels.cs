namespace LowLatency.EndToEnd.Tests.Browsing;

/// <summary>What the canvas of the candles shows.</summary>
/// <param name="CandlePixelCount">Pixels of the two candle colours.</param>
/// <param name="Checksum">Of all pixels.</param>
internal sealed record CandlePixels([property: System.Text.Json.Serialization.JsonPropertyName("candlePixels")] int CandlePixelCount, uint Checksum);
