using System.Runtime.CompilerServices;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Simulation;

/// <summary>
/// One simulated instrument. Its efficient price is a log-normal diffusion with stochastic volatility (an Ornstein-Uhlenbeck log volatility times
/// that of a Markov chain of regimes) plus the lasting impact of order flow; ticks arrive as a self-exciting (Hawkes) process; quotes stand around
/// the efficient price, and trades hit the last quote, with signs that come in runs of hidden parent orders.
/// </summary>
internal sealed class InstrumentProcess
{
    private const double NsPerSecond = 1e9;
    private const double SecondsPerYear = 365.25 * 86_400;

    // Arrivals: each raises the rate by Excitation * decay, so that this share of all ticks is answers to other ticks; answers spread over this many mean arrivals.
    private const double Excitation = 0.5;
    private const double MemoryInTicks = 10;

    // Log volatility: how fast it comes back, and its standard deviation in the long run.
    private const double VolatilityReturnPerSecond = 1 / 30.0;
    private const double VolatilityDeviation = 0.3;
    private const double VolatilityStepSeconds = 0.01;

    // Order flow: one trade in four ticks; parents of 8 trades on average; 80% of the trades are of the parent, the rest of either sign.
    private const double TradeShare = 0.25;
    private const double ParentEnds = 1 / 8.0;
    private const double OfParent = 0.8;

    // Share of the price's variance that comes from flow, and the variance of summed signs over that of independent ones: 1 + 2 * 0.64 * 7.
    private const double FlowVariance = 0.3;
    private const double SignPersistence = 10;

    // Sizes are log-normal in lots.
    private const double TradeLogLots = 0.7;
    private const double TradeLogDeviation = 1.1;
    private const double QuoteLogLots = 1.8;
    private const double QuoteLogDeviation = 0.9;
    private const double LeastTicks = 20;

    private static readonly int[] TradeLots = LotsTable(TradeLogLots, TradeLogDeviation);
    private static readonly int[] QuoteLots = LotsTable(QuoteLogLots, QuoteLogDeviation);

    private readonly RecordHeader _header;
    private readonly DecimalStep _tick;
    private readonly DecimalStep _lot;
    private readonly double _baseRate;
    private readonly double _decay;
    private readonly double _deviationPerRootNs;
    private readonly double _impact;
    private readonly double[] _extraSpreadLogs;

    private int _regime = Regime.Normal;
    private double _regimeEndsNs;
    private double _rate;
    private double _excited;
    private double _lastNs;
    private double _lastVolatilityNs;
    private double _logVolatility;
    private double _volatility;
    private double _priceTicks;
    private long _bidTicks;
    private long _askTicks;
    private int _parentSign = 1;
    private ulong _tradeId;

    /// <summary>Makes the process at time 0.</summary>
    /// <param name="definition">What the instrument is like.</param>
    /// <param name="header">The header of its records: source and instrument.</param>
    /// <param name="ticksPerSecond">Its mean rate.</param>
    /// <param name="random">The generator that all instruments share.</param>
    public InstrumentProcess(SimulatedInstrument definition, RecordHeader header, double ticksPerSecond, ref Xoshiro256 random)
    {
        _header = header;
        _tick = definition.Tick;
        _lot = definition.Lot;
        double perNs = ticksPerSecond / NsPerSecond;
        _baseRate = perNs * (1 - Excitation);
        _decay = perNs / MemoryInTicks;
        double variancePerNs = definition.Volatility * definition.Volatility / (SecondsPerYear * NsPerSecond);
        _deviationPerRootNs = Math.Sqrt(variancePerNs * (1 - FlowVariance));
        _impact = Math.Sqrt(variancePerNs * FlowVariance / (perNs * TradeShare * SignPersistence));
        // Geometric with mean m: floor(ln u / ln(m / (1 + m))).
        _extraSpreadLogs = Array.ConvertAll(Regime.All, r => ElementaryFunctions.Log(r.MeanExtraTicks / (1 + r.MeanExtraTicks)));
        _priceTicks = definition.Price / definition.Tick.Value;
        SetVolatility();
        EnterRegime(Regime.Normal, 0, ref random);
        // The first quote is there before the first trade.
        Requote(ref random);
        Schedule(ref random);
    }

    /// <summary>When its next tick is, in nanoseconds since the simulation's start.</summary>
    public double NextNs { get; private set; }

    /// <summary>Writes the next tick and schedules the one after it. Its event time is left to the caller.</summary>
    /// <param name="record">The record; every byte of it is written.</param>
    /// <param name="random">The generator.</param>
    public void Step(ref TickRecord record, ref Xoshiro256 random)
    {
        record = default;
        record.Header = _header;
        Diffuse(ref random);
        if (random.NextUnit() < TradeShare) WriteTrade(ref record.Trade, ref random);
        else WriteQuote(ref record.Quote, ref random);
        Schedule(ref random);
    }

    private static int[] LotsTable(double logLots, double deviation)
    {
        var lots = new int[1024];
        for (int i = 0; i < lots.Length; i++)
        {
            double normal = NormalTable.At((((ulong)i << 1) + 1) << 53);
            lots[i] = Math.Max(1, (int)Math.Round(ElementaryFunctions.Exp(logLots + (deviation * normal))));
        }

        return lots;
    }

    private void WriteTrade(ref TradeRecord trade, ref Xoshiro256 random)
    {
        if (random.NextUnit() < ParentEnds) _parentSign = random.NextUnit() < 0.5 ? -1 : 1;
        int sign = random.NextUnit() < OfParent ? _parentSign : random.NextUnit() < 0.5 ? -1 : 1;
        trade.Header.Type = RecordType.Trade;
        trade.Price = _tick.Of(sign > 0 ? _askTicks : _bidTicks);
        trade.Size = _lot.Of(TradeLots[random.Next() >> 54]);
        trade.TradeId = ++_tradeId;
        trade.Aggressor = (sbyte)sign;
        Move(sign * _impact * _volatility);
    }

    private void WriteQuote(ref QuoteRecord quote, ref Xoshiro256 random)
    {
        Requote(ref random);
        quote.Header.Type = RecordType.Quote;
        quote.Bid = _tick.Of(_bidTicks);
        quote.Ask = _tick.Of(_askTicks);
        // The side that the flow presses on is thinner.
        int bidLots = QuoteLots[random.Next() >> 54];
        int askLots = QuoteLots[random.Next() >> 54];
        quote.BidSize = _lot.Of(_parentSign > 0 ? bidLots + (bidLots >> 1) : bidLots);
        quote.AskSize = _lot.Of(_parentSign < 0 ? askLots + (askLots >> 1) : askLots);
    }

    private void Requote(ref Xoshiro256 random)
    {
        double extra = ElementaryFunctions.Log(random.NextUnit()) / _extraSpreadLogs[_regime];
        int spread = 1 + (int)Math.Min(extra, 50);
        _bidTicks = Math.Max(1, (long)Math.Round(_priceTicks - (spread * 0.5)));
        _askTicks = _bidTicks + spread;
    }

    /// <summary>Moves price and volatility from the last tick's time to this one's.</summary>
    private void Diffuse(ref Xoshiro256 random)
    {
        double elapsedNs = NextNs - _lastNs;
        _lastNs = NextNs;
        Move(_deviationPerRootNs * _volatility * Math.Sqrt(elapsedNs) * NormalTable.At(random.Next()));
        double seconds = (NextNs - _lastVolatilityNs) / NsPerSecond;
        if (seconds < VolatilityStepSeconds) return;
        _lastVolatilityNs = NextNs;
        double kept = ElementaryFunctions.Exp(-VolatilityReturnPerSecond * seconds);
        _logVolatility = (_logVolatility * kept) + (VolatilityDeviation * Math.Sqrt(1 - (kept * kept)) * NormalTable.At(random.Next()));
        SetVolatility();
    }

    // The mean of the squared factor is 1: E exp(2 (v - s^2)) = 1 for v normal with deviation s.
    private void SetVolatility() =>
        _volatility = Regime.All[_regime].Volatility * ElementaryFunctions.Exp(_logVolatility - (VolatilityDeviation * VolatilityDeviation));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Move(double logReturn)
    {
        // exp(r) to second order: returns between ticks are small, and the third order is far below a tick.
        _priceTicks *= 1 + logReturn + (logReturn * logReturn * 0.5);
        if (_priceTicks < LeastTicks) _priceTicks = LeastTicks;
    }

    /// <summary>Draws the next arrival by thinning (Ogata): between arrivals the rate only falls, so that the rate now bounds it.</summary>
    private void Schedule(ref Xoshiro256 random)
    {
        double nowNs = NextNs;
        while (true)
        {
            double bound = _rate + _excited;
            double waitNs = -ElementaryFunctions.Log(random.NextUnit()) / bound;
            if (nowNs + waitNs >= _regimeEndsNs)
            {
                // Without memory: what is left of the wait is drawn again at the new regime's rate.
                _excited *= ElementaryFunctions.Exp(-_decay * (_regimeEndsNs - nowNs));
                nowNs = _regimeEndsNs;
                EnterRegime(Regime.After(_regime, random.NextUnit()), nowNs, ref random);
                continue;
            }

            nowNs += waitNs;
            _excited *= ElementaryFunctions.Exp(-_decay * waitNs);
            if (random.NextUnit() * bound > _rate + _excited) continue;
            _excited += Excitation * _decay;
            NextNs = nowNs;
            return;
        }
    }

    private void EnterRegime(int regime, double nowNs, ref Xoshiro256 random)
    {
        _regime = regime;
        ref readonly Regime entered = ref Regime.All[regime];
        _rate = _baseRate * entered.Rate;
        _regimeEndsNs = nowNs - (ElementaryFunctions.Log(random.NextUnit()) * entered.MeanSeconds * NsPerSecond);
        SetVolatility();
    }
}
