using LowLatency.Market.Records;

namespace LowLatency.Analytics.Bars;

/// <summary>What a bar needs of a trade.</summary>
internal readonly struct BarTrade(long eventNs, double price, double size, bool bought)
{
    public readonly long EventNs = eventNs;
    public readonly double Price = price;
    public readonly double Size = size;
    public readonly bool Bought = bought;

    public static BarTrade Of(in TradeRecord trade) => new(trade.Header.EventNs, trade.Price, trade.Size, trade.Aggressor > 0);
}
