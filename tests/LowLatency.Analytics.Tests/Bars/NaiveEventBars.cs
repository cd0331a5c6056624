using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Tests.Bars;

/// <summary>The twin of the builder of bars that are not of time: it keeps the trades of the bar under way, and computes everything anew from them at each trade.</summary>
internal sealed class NaiveEventBars(BarKind kind, double size, int span = 1000)
{
    private readonly List<TradeRecord> _all = [];
    private readonly List<TradeRecord> _bar = [];
    private int _level;
    private int _direction;
    private double _meanSigned;
    private double _meanSquare;

    public List<(double Open, double High, double Low, double Close, double Volume, uint Count, int Level, long StartNs, long EndNs)> Output { get; } = [];

    public void On(in TradeRecord trade)
    {
        _all.Add(trade);
        _bar.Add(trade);
        switch (kind)
        {
            case BarKind.Tick when _bar.Count >= size:
            case BarKind.Volume when Reaches(_bar.Sum(t => t.Size), size):
            case BarKind.Dollar when Reaches(_bar.Sum(t => t.Price * t.Size), size):
            case BarKind.Range when Reaches(_bar.Max(t => t.Price) - _bar.Min(t => t.Price), size):
            case BarKind.Imbalance when IsUnbalanced():
                Close(_bar[0].Price, _bar.Max(t => t.Price), _bar.Min(t => t.Price), _bar[^1].Price);
                break;
            case BarKind.Renko:
                while (Brick()) Close(PriceOf(_level - _direction), Math.Max(PriceOf(_level), PriceOf(_level - _direction)), Math.Min(PriceOf(_level), PriceOf(_level - _direction)), PriceOf(_level));
                break;
        }
    }

    private static bool Reaches(double value, double threshold) => value >= threshold * (1 - 1e-9);

    private double PriceOf(int level) => _all[0].Price + (level * size);

    // A brick on needs one beyond the close, a brick back two, and opens one level back.
    private bool Brick()
    {
        double up = _all[^1].Price - PriceOf(_level);
        if (Reaches(up, (_direction < 0 ? 2 : 1) * size)) (_level, _direction) = (_level + (_direction < 0 ? 2 : 1), 1);
        else if (Reaches(-up, (_direction > 0 ? 2 : 1) * size)) (_level, _direction) = (_level - (_direction > 0 ? 2 : 1), -1);
        else return false;
        return true;
    }

    private bool IsUnbalanced()
    {
        int seeds = (int)size;
        TradeRecord trade = _all[^1];
        if (_all.Count < seeds) return false;
        if (_all.Count == seeds)
        {
            _meanSigned = _all.Average(t => t.Aggressor * t.Size);
            _meanSquare = _all.Average(t => t.Size * t.Size);
            return true;
        }

        double threshold = Math.Max(size * Math.Abs(_meanSigned), Math.Sqrt(size * _meanSquare));
        _meanSigned += 2.0 / (span + 1) * ((trade.Aggressor * trade.Size) - _meanSigned);
        _meanSquare += 2.0 / (span + 1) * ((trade.Size * trade.Size) - _meanSquare);
        return Reaches(Math.Abs(_bar.Sum(t => t.Aggressor * t.Size)), threshold);
    }

    private void Close(double open, double high, double low, double close)
    {
        long end = _all[^1].Header.EventNs;
        Output.Add((open, high, low, close, _bar.Sum(t => t.Size), (uint)_bar.Count, kind == BarKind.Renko ? _level : 0, _bar.Count == 0 ? end : _bar[0].Header.EventNs, end));
        _bar.Clear();
    }
}
