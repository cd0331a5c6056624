using System.Numerics;
using System.Runtime.InteropServices;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>Writes what comes from another process to the ring of a mirror, each record once and each stream in the order of its q. One thread's own.</summary>
/// <param name="streams">The mirror.</param>
internal sealed class MirrorWriter(PublishedStreams streams)
{
    private ulong[] _lastQ = [];
    private bool _hasWritten;

    /// <summary>The mirror.</summary>
    public PublishedStreams Streams { get; } = streams;

    /// <summary>Records written.</summary>
    public long Records { get; private set; }

    /// <summary>Records that were published and did not come, by q.</summary>
    public long Missed { get; private set; }

    /// <summary>Whether a record's instrument has been defined, or the record is of none.</summary>
    /// <param name="record">A record.</param>
    public bool Knows(ReadOnlySpan<byte> record) =>
        MemoryMarshal.AsRef<RecordHeader>(record).Instrument < (uint)Streams.Instruments.Count || Streams.Channels.ChannelOf(record) < 0;

    /// <summary>Writes a record, unless it or a later one of its stream has been written before.</summary>
    /// <param name="record">A record whose instrument is defined.</param>
    /// <param name="begins">Whether what came before it was never meant for us, where it is the first of its stream.</param>
    /// <param name="counts">Whether it is written, and what is missing counted, where others of its stream before it have not come; else it is not written.</param>
    public MirrorResult Write(ReadOnlySpan<byte> record, bool begins, bool counts)
    {
        ref readonly RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(record);
        int channel = Streams.Channels.ChannelOf(record);
        // Of a channel that this version does not know.
        if (channel < 0) return MirrorResult.Done;
        int stream = Streams.Channels.StreamOf(header.Instrument, channel);
        if (stream >= _lastQ.Length) Array.Resize(ref _lastQ, (int)BitOperations.RoundUpToPowerOf2((uint)stream + 1));
        ref ulong last = ref _lastQ[stream];
        if (header.Sequence <= last) return MirrorResult.Done;
        long missing = begins && last == 0 ? 0 : (long)(header.Sequence - last - 1);
        if (missing != 0 && !counts) return MirrorResult.Gap;
        Span<byte> room = Streams.Ring.Claim(record.Length);
        if (room.IsEmpty) return MirrorResult.NoRoom;
        record.CopyTo(room);
        _hasWritten = true;
        Missed += missing;
        last = header.Sequence;
        Records++;
        return MirrorResult.Done;
    }

    /// <summary>Gives the readers what has been written.</summary>
    public void Commit()
    {
        if (!_hasWritten) return;
        _hasWritten = false;
        Streams.Ring.Commit();
    }
}
