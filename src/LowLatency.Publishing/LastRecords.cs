using System.Numerics;
using System.Runtime.InteropServices;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>The newest record of every stream: what a late subscriber is given first. One thread's own. Allocates when a stream is new, not for its further records.</summary>
/// <param name="channels">The channels.</param>
internal sealed class LastRecords(ChannelTable channels)
{
    private const int SlotBytes = RecordLengths.Max;
    private const int SlotsInChunk = 512;

    private readonly List<byte[]> _chunks = [];

    // By the stream's number: 1 more than its slot; 0 where there is none.
    private int[] _slotOf = [];

    /// <summary>How many streams there are.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps a record in place of its stream's last one.</summary>
    /// <param name="record">The record; of no stream: it is not kept.</param>
    public void Store(ReadOnlySpan<byte> record)
    {
        int channel = channels.ChannelOf(record);
        if (channel < 0) return;
        int stream = channels.StreamOf(MemoryMarshal.AsRef<RecordHeader>(record).Instrument, channel);
        int slot = (uint)stream < (uint)_slotOf.Length ? _slotOf[stream] - 1 : -1;
        if (slot < 0) slot = Add(stream);
        record.CopyTo(_chunks[slot / SlotsInChunk].AsSpan(slot % SlotsInChunk * SlotBytes, SlotBytes));
    }

    /// <summary>A stream's newest record.</summary>
    /// <param name="slot">From 0, in the order in which the streams began; less than <see cref="Count"/>.</param>
    public ReadOnlySpan<byte> this[int slot]
    {
        get
        {
            ReadOnlySpan<byte> room = _chunks[slot / SlotsInChunk].AsSpan(slot % SlotsInChunk * SlotBytes, SlotBytes);
            return room[..RecordLengths.Of((RecordType)room[0])];
        }
    }

    private int Add(int stream)
    {
        if (stream >= _slotOf.Length) Array.Resize(ref _slotOf, (int)BitOperations.RoundUpToPowerOf2((uint)stream + 1));
        if (Count % SlotsInChunk == 0) _chunks.Add(new byte[SlotsInChunk * SlotBytes]);
        _slotOf[stream] = ++Count;
        return Count - 1;
    }
}
