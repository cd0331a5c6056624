namespace LowLatency.Engine.Tests.Replay;

/// <summary>What the plain replay remembers of one symbol: which trades are outliers that wait for a second one like them, and who the aggressor was.</summary>
internal sealed class NaiveSymbol(NaiveBars[] bars)
{
    private readonly List<double> _window = [];
    private readonly List<(NaiveTrade Trade, long AcceptedBefore)> _suspects = [];
    private long _accepted;
    private long _lastNs = long.MinValue;
    private double _lastPrice;
    private int _lastSign;

    public NaiveBars[] Bars { get; } = bars;

    public HashSet<string> Ids { get; } = [];

    /// <summary>The trades that a new one makes acceptable: those that it confirms, then itself; none when it is an outlier.</summary>
    public List<NaiveTrade> Take(NaiveTrade trade)
    {
        bool outlier = IsOutlier(trade.Price);
        List<(NaiveTrade Trade, long AcceptedBefore)> confirmed = _suspects.FindAll(s => Math.Abs(Math.Log(trade.Price / s.Trade.Price)) <= 0.01);
        if (outlier && confirmed.Count == 0)
        {
            _suspects.Add((trade, _accepted));
            return [];
        }

        if (outlier) _window.Clear();
        _suspects.RemoveAll(confirmed.Contains);
        return [.. confirmed.Select(c => Accept(c.Trade)), Accept(trade)];
    }

    private bool IsOutlier(double price)
    {
        if (_window.Count == 0) return false;
        double[] sorted = [.. _window.Order()];
        return Math.Abs(Math.Log(price / sorted[(sorted.Length - 1) / 2])) > 0.1;
    }

    private NaiveTrade Accept(NaiveTrade trade)
    {
        _window.Add(trade.Price);
        if (_window.Count > 15) _window.RemoveAt(0);
        _accepted++;
        _suspects.RemoveAll(s => _accepted - s.AcceptedBefore >= 15);
        return trade with { Side = SideOf(trade) };
    }

    /// <summary>The aggressor as told; when it is not, the sign of the last price change, of trades that are not late.</summary>
    private int SideOf(NaiveTrade trade)
    {
        if (trade.EventNs < _lastNs) return trade.Side;
        _lastNs = trade.EventNs;
        if (_lastPrice != 0 && trade.Price != _lastPrice) _lastSign = trade.Price > _lastPrice ? 1 : -1;
        _lastPrice = trade.Price;
        return trade.Side != 0 ? trade.Side : _lastSign;
    }
}
