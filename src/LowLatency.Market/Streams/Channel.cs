namespace LowLatency.Market.Streams;

/// <summary>A channel: what, without of which instrument. Channel and instrument together are a stream.</summary>
/// <param name="Index">Its place in <see cref="ChannelTable.Channels"/>.</param>
/// <param name="Name">As clients name it: trades, quotes, bars.1m, ind.1m.rsi(14), gaps.</param>
/// <param name="Kind">What it carries.</param>
/// <param name="Bar">The kind of bar, for bars, indicators and imbalances.</param>
/// <param name="Indicator">The indicator, for indicators.</param>
public sealed record Channel(int Index, string Name, ChannelKind Kind, BarSpec? Bar, IndicatorSpec? Indicator);
