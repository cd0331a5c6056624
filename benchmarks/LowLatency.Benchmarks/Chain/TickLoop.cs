using LowLatency.Market.Records;

namespace LowLatency.Benchmarks.Chain;

/// <summary>
/// Ticks without an end: the same ones over and over. At each pass times move on by whole weeks, so that every bar begins where it did, and trade ids and
/// sequence numbers by more than their span, so that none is a duplicate.
/// </summary>
internal sealed class TickLoop
{
    private const long WeekNs = 7L * 86_400 * 1_000_000_000;

    private readonly TickRecord[] _ticks;
    private readonly long _passNs;
    private readonly ulong _passIds;
    private readonly ulong _passSequences;
    private int _next;

    /// <param name="ticks">The ticks; at least one.</param>
    public TickLoop(TickRecord[] ticks)
    {
        _ticks = ticks;
        long first = ticks.Min(t => t.Header.EventNs);
        long last = ticks.Max(t => t.Header.EventNs);
        _passNs = (((last - first) / WeekNs) + 1) * WeekNs;
        _passIds = ticks.Where(t => t.Header.Type == RecordType.Trade).Select(t => t.Trade.TradeId).DefaultIfEmpty().Max() + 1;
        _passSequences = ticks.Max(t => t.Header.Sequence) + 1;
    }

    /// <summary>How many ticks a pass has.</summary>
    public int Length => _ticks.Length;

    /// <summary>How often the ticks have come to their end.</summary>
    public long Passes { get; private set; }

    /// <summary>How many ticks there are until the end of the pass.</summary>
    public int Left => _ticks.Length - _next;

    /// <summary>Takes the next tick.</summary>
    /// <param name="tick">Receives it.</param>
    public void Take(ref TickRecord tick)
    {
        tick = _ticks[_next];
        tick.Header.EventNs += Passes * _passNs;
        // Otherwise the ticks of later passes would come from the future.
        if (tick.Header.ReceiveNs != 0) tick.Header.ReceiveNs += Passes * _passNs;
        if (tick.Header.Sequence != 0) tick.Header.Sequence += (ulong)Passes * _passSequences;
        if (tick.Header.Type == RecordType.Trade && tick.Trade.TradeId != 0) tick.Trade.TradeId += (ulong)Passes * _passIds;
        if (++_next < _ticks.Length) return;
        _next = 0;
        Passes++;
    }
}
