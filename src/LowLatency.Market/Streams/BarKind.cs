namespace LowLatency.Market.Streams;

/// <summary>What ends a bar.</summary>
public enum BarKind
{
    /// <summary>Time: the bar is an interval.</summary>
    Time,

    /// <summary>A number of trades.</summary>
    Tick,

    /// <summary>A sum of sizes.</summary>
    Volume,

    /// <summary>A sum of price times size.</summary>
    Dollar,

    /// <summary>The distance of high and low.</summary>
    Range,

    /// <summary>A price that lies a brick beyond the last brick's close, or two against its direction.</summary>
    Renko,

    /// <summary>A sum of signed sizes beyond what was to be expected.</summary>
    Imbalance,
}
