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

    /// <summary>Where the trade with that id is; -1 when it is not here.</summary>
    public int IndexOf(ulong tradeId, byte source)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_records[i].Trade.TradeId == tradeId && _records[i].Header.Source == source) return i;
        }

        return -1;
    }

    public void Correct(int index, double price, double size)
    {
        _records[index].Trade.Price = price;
        _records[index].Trade.Size = size;
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
