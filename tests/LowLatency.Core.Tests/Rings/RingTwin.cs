namespace LowLatency.Core.Tests.Rings;

/// <summary>The naive twin of a ring: every event ever, in lists, and positions that are counted by hand.</summary>
internal sealed class RingTwin(int capacity)
{
    private readonly List<bool> _published = [];
    private readonly List<Consumer> _consumers = [];

    private bool IsWatched => _consumers.Exists(c => !c.HasLeft);

    public bool IsClosed { get; private set; }

    public int Claimed => _published.Count;

    public void Close() => IsClosed = true;

    /// <summary>How many events are published with none missing between them.</summary>
    public int Published => _published.Contains(false) ? _published.IndexOf(false) : Claimed;

    /// <summary>A consumer that begins with the first event that is not published; its number is the count of those that came before it.</summary>
    public void Join(params int[] after) => _consumers.Add(new Consumer(after) { Position = Published - 1 });

    public bool HasLeft(int consumer) => _consumers[consumer].HasLeft;

    public bool IsFollowed(int consumer) => _consumers.Exists(c => !c.HasLeft && c.After.Contains(consumer));

    public void Leave(int consumer) => _consumers[consumer].HasLeft = true;

    public bool HasRoom(int count)
    {
        if (IsClosed) return false;
        long last = Claimed - 1 + count - capacity;
        return IsWatched ? _consumers.TrueForAll(c => c.HasLeft || last <= c.Position) : last < Published;
    }

    public bool TryClaim(int count, out long first)
    {
        first = Claimed;
        if (!HasRoom(count)) return false;
        for (int i = 0; i < count; i++) _published.Add(false);
        return true;
    }

    public void Publish(long first, int count)
    {
        for (int i = 0; i < count; i++) _published[(int)first + i] = true;
    }

    public long Position(int consumer) => _consumers[consumer].Position;

    public long Available(int consumer)
    {
        long position = Position(consumer);
        int[] after = _consumers[consumer].After;
        // One that joined may be ahead of those that it follows.
        if (after.Length != 0) return Math.Max(0, after.Min(Position) - position);
        long next = position + 1;
        while (next < Claimed && _published[(int)next]) next++;
        return next - 1 - position;
    }

    public void Advance(int consumer, int count) => _consumers[consumer].Position += count;

    private sealed class Consumer(int[] after)
    {
        public int[] After { get; } = after;

        public long Position { get; set; }

        public bool HasLeft { get; set; }
    }
}
