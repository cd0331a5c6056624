using System.Text;
using LowLatency.Benchmarks.Lab;
using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Chain;

/// <summary>
/// The whole chain over ticks of many instruments, none of which is the same twice in a row: what a tick costs when an instrument's state is no longer in a cache.
/// Three quotes to a trade; each instrument has a tick a millisecond, however many there are, so that bars close as often. An instrument remembers 256 ids and
/// correctable trades, which is as much as it has room for from its first trade on: nothing grows while it is measured.
/// </summary>
/// <param name="instruments">How many.</param>
internal sealed class InstrumentsRun(int instruments) : Contender(instruments == 1 ? "1 instrument" : $"{instruments:#,0} instruments", Role.Ours)
{
    private const int LeastTicks = 1 << 19;
    private const int TicksOfEach = 64;
    private const long MillisecondNs = 1_000_000;
    private const int Remembered = 256;
    private const long StartNs = 1_789_000_000_000_000_000;

    private ChainEngine? _engine;
    private TickLoop? _ticks;
    private double _bytesOfEach;

    public override RunOutcome Run(Load load)
    {
        if (_engine is null) SetUp();
        ChainEngine engine = _engine!;
        (string Stage, double Ns)[] before = engine.StageNs();
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => engine.Run(_ticks!, load.Events));
        return RunOutcome.Of(crew, load.Events) with
        {
            Figures = [.. engine.StageNs().Zip(before, (now, was) => new Figure(now.Stage, (now.Ns - was.Ns) / load.Events, "ns")), new Figure("memory of each", _bytesOfEach / 1024, "KiB")],
        };
    }

    protected override void Dispose(bool disposing)
    {
        _engine?.Dispose();
        base.Dispose(disposing);
    }

    private void SetUp()
    {
        _engine = new ChainEngine(Math.Max(16, instruments), Remembered);
        TickRecord[] ticks = MakeTicks(_engine);
        _ticks = new TickLoop(ticks);
        // What is there before, and what is there when all have been seen for a whole pass.
        long before = GC.GetTotalMemory(forceFullCollection: true);
        _engine.Run(_ticks, ticks.Length);
        _bytesOfEach = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / instruments;
    }

    private static uint IdOf(ChainEngine engine, string symbol) =>
        engine.Engine.Streams.Instruments.TryGetOrAdd(Encoding.ASCII.GetBytes(symbol), out int id)
            ? (uint)id
            : throw new LabException($"There is no room for the instrument {symbol}.");

    private TickRecord[] MakeTicks(ChainEngine engine)
    {
        var random = new Random(instruments);
        uint[] ids = [.. Enumerable.Range(0, instruments).Select(i => IdOf(engine, $"I{i}"))];
        double[] prices = [.. ids.Select(_ => 10 + (990 * random.NextDouble()))];
        var ticks = new TickRecord[Math.Max(LeastTicks, instruments * TicksOfEach)];
        for (int i = 0; i < ticks.Length; i++)
        {
            // Each round in another order.
            if (i % instruments == 0) random.Shuffle(ids);
            uint id = ids[i % instruments];
            ref TickRecord tick = ref ticks[i];
            tick.Header = new RecordHeader { Type = RecordType.Quote, Source = 1, Instrument = id, EventNs = StartNs + (i * MillisecondNs / instruments) };
            double price = prices[id] *= 1 + (2e-5 * (random.NextDouble() - 0.5));
            if (random.Next(4) == 0)
            {
                tick.Header.Type = RecordType.Trade;
                tick.Trade.TradeId = (ulong)i + 1;
                (tick.Trade.Price, tick.Trade.Size, tick.Trade.Aggressor) = (price, random.Next(1, 500), (sbyte)random.Next(-1, 2));
            }
            else
            {
                (tick.Quote.Bid, tick.Quote.BidSize, tick.Quote.Ask, tick.Quote.AskSize) = (price * 0.9999, random.Next(1, 500), price * 1.0001, random.Next(1, 500));
            }
        }

        return ticks;
    }
}
