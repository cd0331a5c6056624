namespace LowLatency.Analytics.Indicators.Steps;

/// <summary>
/// The closed bars of one instrument and interval that can still be revised, in order of their start: those that the bar builder keeps. Each has a place, in
/// which the indicators' states before it are saved, and counters of how often its values were said, which stay with it when a bar is inserted before it.
/// </summary>
/// <param name="capacity">How many there are at most.</param>
/// <param name="indicators">Number of indicators.</param>
internal sealed class RestatableBars(int capacity, int indicators)
{
    private readonly BarInput[] _bars = new BarInput[capacity];
    private readonly int[] _counters = [.. Enumerable.Range(0, capacity)];
    private readonly uint[] _said = new uint[capacity * indicators];
    private int _oldest;

    public int Count { get; private set; }

    public ref readonly BarInput this[int position] => ref _bars[PlaceOf(position)];

    /// <summary>The place of the bar at a position, 0 the oldest.</summary>
    public int PlaceOf(int position)
    {
        int place = _oldest + position;
        return place < capacity ? place : place - capacity;
    }

    /// <summary>Where a bar's counters are.</summary>
    public int CountersOf(int position) => _counters[PlaceOf(position)];

    /// <summary>How often the values of each indicator were said of a bar.</summary>
    public Span<uint> Said(int counters) => _said.AsSpan(counters * indicators, indicators);

    /// <summary>Takes a bar, in the place of the one with the same start or where its start belongs; then the oldest may have to go.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="isNew">Whether there was none with that start.</param>
    /// <returns>Its position; -1 when it is older than all that are kept, and there is no room.</returns>
    public int Put(in BarInput bar, out bool isNew)
    {
        int position = Count;
        while (position > 0 && this[position - 1].StartNs >= bar.StartNs) position--;
        isNew = position == Count || this[position].StartNs != bar.StartNs;
        if (isNew && !TryMakeRoom(ref position)) return -1;
        _bars[PlaceOf(position)] = bar;
        return position;
    }

    // The states saved in the places behind are of other bars afterwards: whoever asked takes those bars again.
    private bool TryMakeRoom(ref int position)
    {
        if (Count == capacity)
        {
            if (position == 0) return false;
            _oldest = PlaceOf(1);
            Count--;
            position--;
        }

        int freed = _counters[PlaceOf(Count)];
        for (int i = Count; i > position; i--)
        {
            _bars[PlaceOf(i)] = _bars[PlaceOf(i - 1)];
            _counters[PlaceOf(i)] = _counters[PlaceOf(i - 1)];
        }

        _counters[PlaceOf(position)] = freed;
        Count++;
        return true;
    }
}
