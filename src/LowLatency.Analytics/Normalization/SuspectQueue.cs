using LowLatency.Market.Records;

namespace LowLatency.Analytics.Normalization;

/// <summary>The suspect trades of one instrument, in order of arrival.</summary>
/// <param name="capacity">How many there can be.</param>
internal sealed class SuspectQueue(int capacity)
{
    private readonly TickRecord[] _records = new TickRecord[capacity];
    private readonly long[] _inputs = new long[capacity];
    private readonly long[] _acceptedBefore = new long[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == _records.Length;

    public ref readonly TickRecord this[int index] => ref _records[index];

    public long InputOf(int index) => _inputs[index];

    /// <summary>How many trades of the instrument had been accepted when it came.</summary>
    public long AcceptedBefore(int index) => _acceptedBefore[index];

    public void Add(in TickRecord record, long input, long accepted)
    {
        _records[Count] = record;
        _inputs[Count] = input;
        _acceptedBefore[Count] = accepted;
        Count++;
    }

    public void RemoveAt(int index)
    {
        int behind = Count - index - 1;
        Array.Copy(_records, index + 1, _records, index, behind);
        Array.Copy(_inputs, index + 1, _inputs, index, behind);
        Array.Copy(_acceptedBefore, index + 1, _acceptedBefore, index, behind);
        Count--;
    }
}
