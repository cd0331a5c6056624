using System.Runtime.CompilerServices;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Bars;

/// <summary>
/// Builds the bars that are not of time: tick, volume, dollar, range, Renko and imbalance bars, from the accepted trades that are not late, in order.
/// The trade that reaches the threshold closes the bar and belongs to it whole; the next bar begins with the next trade. Neither days nor gaps, cancels
/// or corrections touch them. A trade costs a constant time for each kind. Single-threaded.
/// </summary>
/// <remarks>
/// A threshold T counts as reached at T - 1e-9 |T|, so that the rounding of decimals does not decide. The imbalance bar is that of Lopez de Prado,
/// Advances in Financial Machine Learning (2018), ch. 2, with a fixed expected length T0: it closes when |sum of s q| reaches
/// max(T0 |E[s q]|, sqrt(T0 E[q^2])), with moving averages over trades as they stand before the trade; the first bar is the first T0 trades.
/// </remarks>
public sealed class EventBarBuilder
{
    private const double Tolerance = 1e-9;

    // What one trade can lay.
    private const int MostBricks = 10_000;

    private readonly BarSpec[] _specs;
    private readonly int[] _index;
    private readonly double _imbalanceWeight;
    private EventBar[] _bars = [];
    private int _instruments;
    private readonly Action<uint, double>? _onFirstCut;
    private long _closed;
    private long _cuts;

    /// <summary>Makes one.</summary>
    /// <param name="settings">Its settings; read once, here.</param>
    /// <param name="specs">All kinds of bars, those of time among them, which are passed over; a record's spec is an index into it.</param>
    /// <param name="onFirstCut">Told once, with instrument and price, when a trade makes more Renko bricks than one trade may lay; on the thread that builds. Null: nobody.</param>
    public EventBarBuilder(BarSettings settings, IReadOnlyList<BarSpec> specs, Action<uint, double>? onFirstCut = null)
    {
        _onFirstCut = onFirstCut;
        _index = [.. Enumerable.Range(0, specs.Count).Where(i => specs[i].Kind != BarKind.Time)];
        _specs = [.. _index.Select(i => specs[i])];
        _imbalanceWeight = 2.0 / (settings.ImbalanceSpan + 1.0);
    }

    /// <summary>How many kinds of bars it builds.</summary>
    public int Kinds => _specs.Length;

    /// <summary>Number of bars closed. Any thread may ask.</summary>
    public long Closed => Volatile.Read(ref _closed);

    /// <summary>Trades that made more Renko bricks than one may lay (10,000): the grid moved, and the bricks before the last ones are left out. Any thread may ask.</summary>
    public long BrickCuts => Volatile.Read(ref _cuts);

    /// <summary>Handles a batch.</summary>
    /// <param name="ticks">Normalised ticks; all but trades that count and are not late are passed over.</param>
    /// <param name="causes">For each tick the place in the batch of its input record.</param>
    /// <param name="firstInput">Position in the whole input of the batch's first record.</param>
    /// <param name="output">Receives the closed bars, in order.</param>
    /// <param name="imbalances">Receives, for each imbalance bar, what closed it.</param>
    public void Build(ReadOnlySpan<TickRecord> ticks, ReadOnlySpan<int> causes, long firstInput, EmittedList<BarRecord> output, EmittedList<ImbalanceRecord> imbalances)
    {
        if (_specs.Length == 0) return;
        for (int i = 0; i < ticks.Length; i++)
        {
            ref readonly TickRecord tick = ref ticks[i];
            if (tick.Header.Type != RecordType.Trade || (tick.Header.Flags & (RecordFlags.Suspect | RecordFlags.Late)) != 0) continue;
            OnTrade(tick.Trade, new Emission(output, imbalances, causes[i], firstInput + causes[i], tick.Header.ReceiveNs));
        }
    }

    /// <summary>Says every bar that is under way, in order of instrument and kind: for the end of an input. They can go on all the same.</summary>
    /// <param name="output">Receives the bars; their input is -1, and their level 0.</param>
    public void SayOpenBars(EmittedList<BarRecord> output)
    {
        for (int i = 0; i < _bars.Length; i++)
        {
            ref readonly BarAccumulator bar = ref _bars[i].Bar;
            if (bar.Count != 0) Say(bar, (uint)(i / _specs.Length), i % _specs.Length, bar.CloseNs, 0, output);
        }
    }

    private static bool Reaches(double value, double threshold) => value >= threshold - (Tolerance * Math.Abs(threshold));

    private void OnTrade(in TradeRecord trade, in Emission emission)
    {
        int instrument = (int)trade.Header.Instrument;
        if (instrument >= _instruments) EnsureInstrument(instrument);
        for (int i = 0; i < _specs.Length; i++)
        {
            ref EventBar bar = ref _bars[(instrument * _specs.Length) + i];
            if (bar.Bar.Count == 0) bar.Bar = BarAccumulator.Begin(trade.Header.EventNs, BarTrade.Of(trade));
            else bar.Bar.Add(BarTrade.Of(trade));
            double size = _specs[i].Size;
            switch (_specs[i].Kind)
            {
                case BarKind.Tick:
                    if (bar.Bar.Count >= size) Close(ref bar, i, trade, emission);
                    break;
                case BarKind.Volume:
                    if (Reaches(bar.Bar.Volume.Value, size)) Close(ref bar, i, trade, emission);
                    break;
                case BarKind.Dollar:
                    if (Reaches(bar.Bar.Turnover.Value, size)) Close(ref bar, i, trade, emission);
                    break;
                case BarKind.Range:
                    if (Reaches(bar.Bar.High - bar.Bar.Low, size)) Close(ref bar, i, trade, emission);
                    break;
                case BarKind.Renko:
                    LayBricks(ref bar, i, trade, size, emission);
                    break;
                default:
                    AddImbalance(ref bar, i, trade, size, emission);
                    break;
            }
        }
    }

    private void LayBricks(ref EventBar bar, int kind, in TradeRecord trade, double brick, in Emission emission)
    {
        if (bar.FirstPrice == 0) bar.FirstPrice = trade.Price;
        double jump = trade.Price - (bar.FirstPrice + (bar.Level * brick));
        // A brick that is tiny beside a jump of the price must not hold up the pipeline: all but the last bricks are left out.
        if (Math.Abs(jump) > MostBricks * brick)
        {
            bar.FirstPrice += jump - (Math.Sign(jump) * MostBricks * brick);
            CountCut(trade);
        }

        for (int laid = 0; laid <= MostBricks; laid++)
        {
            double beyond = trade.Price - (bar.FirstPrice + (bar.Level * brick));
            int direction;
            if (Reaches(beyond, bar.Direction < 0 ? 2 * brick : brick)) direction = 1;
            else if (Reaches(-beyond, bar.Direction > 0 ? 2 * brick : brick)) direction = -1;
            else return;
            // Against the last brick the new one opens one level back, at that one's opening.
            int opening = bar.Direction == -direction ? bar.Level + direction : bar.Level;
            if (bar.Bar.Count == 0) bar.Bar = BarAccumulator.Flat(trade.Header.EventNs, trade.Price);
            bar.Level = opening + direction;
            bar.Direction = direction;
            bar.Bar.Open = bar.FirstPrice + (opening * brick);
            bar.Bar.Close = bar.FirstPrice + (bar.Level * brick);
            bar.Bar.High = Math.Max(bar.Bar.Open, bar.Bar.Close);
            bar.Bar.Low = Math.Min(bar.Bar.Open, bar.Bar.Close);
            Close(ref bar, kind, trade, emission);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountCut(in TradeRecord trade)
    {
        Volatile.Write(ref _cuts, _cuts + 1);
        if (_cuts == 1) _onFirstCut?.Invoke(trade.Header.Instrument, trade.Price);
    }

    private void AddImbalance(ref EventBar bar, int kind, in TradeRecord trade, double expectedTrades, in Emission emission)
    {
        double signed = trade.Aggressor * trade.Size;
        double square = trade.Size * trade.Size;
        bar.Theta.Add(signed);
        double threshold = double.NaN;
        bool reached;
        if (bar.Trades < (long)expectedTrades)
        {
            // Until the averages have their seeds they are sums.
            bar.MeanSigned += signed;
            bar.MeanSquare += square;
            reached = ++bar.Trades == (long)expectedTrades;
            if (reached)
            {
                bar.MeanSigned /= expectedTrades;
                bar.MeanSquare /= expectedTrades;
            }
        }
        else
        {
            threshold = Math.Max(expectedTrades * Math.Abs(bar.MeanSigned), Math.Sqrt(expectedTrades * bar.MeanSquare));
            reached = Reaches(Math.Abs(bar.Theta.Value), threshold);
            bar.MeanSigned += _imbalanceWeight * (signed - bar.MeanSigned);
            bar.MeanSquare += _imbalanceWeight * (square - bar.MeanSquare);
        }

        if (!reached) return;
        ref ImbalanceRecord record = ref emission.Imbalances.Add(emission.Cause);
        record = new ImbalanceRecord { Header = trade.Header, StartNs = bar.Bar.StartNs, Theta = bar.Theta.Value, Threshold = threshold, Input = emission.Input };
        record.Header.Type = RecordType.Imbalance;
        record.Header.Flags = RecordFlags.None;
        record.Header.Source = 0;
        bar.Theta = default;
        Close(ref bar, kind, trade, emission);
    }

    private void Close(ref EventBar bar, int kind, in TradeRecord trade, in Emission emission)
    {
        ref BarRecord record = ref Say(bar.Bar, trade.Header.Instrument, kind, trade.Header.EventNs, emission.Cause, emission.Output);
        record.State = BarState.Closed;
        record.Header.ReceiveNs = emission.ReceiveNs;
        record.Level = bar.Level;
        record.Input = emission.Input;
        bar.Bar = default;
        Volatile.Write(ref _closed, _closed + 1);
    }

    private ref BarRecord Say(in BarAccumulator bar, uint instrument, int kind, long endNs, int cause, EmittedList<BarRecord> output)
    {
        ref BarRecord record = ref output.Add(cause);
        double volume = bar.Volume.Value;
        record = new BarRecord
        {
            Header = new RecordHeader { Type = RecordType.Bar, Instrument = instrument, EventNs = endNs },
            StartNs = bar.StartNs,
            EndNs = endNs,
            Open = bar.Open,
            High = bar.High,
            Low = bar.Low,
            Close = bar.Close,
            Volume = volume,
            Vwap = volume == 0 ? bar.Close : bar.Turnover.Value / volume,
            BuyVolume = bar.BuyVolume.Value,
            Count = (uint)bar.Count,
            Spec = (ushort)_index[kind],
            State = BarState.Open,
            Input = -1,
        };
        return ref record;
    }

    private void EnsureInstrument(int instrument)
    {
        _instruments = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)instrument + 1));
        Array.Resize(ref _bars, _instruments * _specs.Length);
    }

    /// <summary>Where to emit to, and what caused it.</summary>
    private readonly ref struct Emission(EmittedList<BarRecord> output, EmittedList<ImbalanceRecord> imbalances, int cause, long input, long receiveNs)
    {
        public readonly EmittedList<BarRecord> Output = output;
        public readonly EmittedList<ImbalanceRecord> Imbalances = imbalances;
        public readonly int Cause = cause;
        public readonly long Input = input;
        public readonly long ReceiveNs = receiveNs;
    }
}
