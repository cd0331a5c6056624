using System.Text;
using LowLatency.Feeds;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests;

/// <summary>A desk's feed: publishes given records in chunks, then ends. Instruments get the ids 0, 1, 2 … of the given symbols.</summary>
internal sealed class ScriptedFeed : Feed
{
    private readonly TickRecord[] _ticks;
    private readonly int _chunk;
    private int _next;

    public ScriptedFeed(FeedContext context, TickRecord[] ticks, int chunk = 16, params string[] symbols)
        : base(context)
    {
        _ticks = ticks;
        _chunk = Math.Min(chunk, Ring.Capacity);
        foreach (string symbol in symbols) Instruments.TryGetOrAdd(Encoding.ASCII.GetBytes(symbol), out _);
    }

    public override string Name => "scripted";

    public override int DoWork()
    {
        if (Completed) return 0;
        int count = Math.Min(_chunk, _ticks.Length - _next);
        if (count > 0)
        {
            if (!Ring.TryClaim(count, out long first)) return 0;
            for (int i = 0; i < count; i++) Ring[first + i] = _ticks[_next + i];
            PublishClaim(first, count);
            _next += count;
        }

        if (_next == _ticks.Length) Complete();
        return 1;
    }
}
