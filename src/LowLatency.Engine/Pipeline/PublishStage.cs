using System.Runtime.InteropServices;
using LowLatency.Core.Hashing;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Pipeline;

/// <summary>
/// Last stage: gives every record its stream's next q and puts it on the ring, in the order of the input records that caused them (a gap, the tick
/// itself, bars, indicators, imbalances), whatever the batches were.
/// </summary>
internal sealed class PublishStage : IPipelineStage
{
    private readonly BroadcastRing _ring;
    private readonly ChannelTable _channels;
    private readonly CancellationToken _abandon;
    private readonly bool _digesting;
    private ulong[] _sequences = [];
    private RecordDigest _digest;
    private long _published;

    public PublishStage(PublishedStreams streams, bool digest, CancellationToken abandon)
    {
        _ring = streams.Ring;
        _channels = streams.Channels;
        _digesting = digest;
        _abandon = abandon;
    }

    public string Name => "publish";

    /// <summary>Number of records published.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Fingerprint of everything published, receive times apart; to be read when the pipeline has stopped.</summary>
    public RecordDigest Digest => _digest;

    public void Process(in PipelineBatch batch)
    {
        int bar = 0;
        int indicator = 0;
        int imbalance = 0;
        ReadOnlySpan<TickRecord> ticks = batch.Ticks;
        ReadOnlySpan<int> causes = batch.TickCauses;
        for (int i = 0; i < ticks.Length; i++)
        {
            PublishDerived(batch, causes[i], ref bar, ref indicator, ref imbalance);
            RecordType type = ticks[i].Header.Type;
            if (type is RecordType.Trade or RecordType.Quote or RecordType.Gap or RecordType.BestQuote) Publish(ticks[i], type, 0, 0);
        }

        PublishDerived(batch, int.MaxValue, ref bar, ref indicator, ref imbalance);
        _ring.Commit();
    }

    private void PublishDerived(in PipelineBatch batch, int before, ref int bar, ref int indicator, ref int imbalance)
    {
        ReadOnlySpan<int> barCauses = batch.BarCauses;
        ReadOnlySpan<int> indicatorCauses = batch.IndicatorCauses;
        while (bar < barCauses.Length && barCauses[bar] < before)
        {
            int cause = barCauses[bar];
            for (; bar < barCauses.Length && barCauses[bar] == cause; bar++) Publish(batch.Bars[bar], RecordType.Bar, batch.Bars[bar].Spec, 0);
            for (; indicator < indicatorCauses.Length && indicatorCauses[indicator] == cause; indicator++)
            {
                ref readonly IndicatorRecord record = ref batch.Indicators[indicator];
                Publish(record, RecordType.Indicator, record.Spec, record.Indicator);
            }

            ReadOnlySpan<int> imbalanceCauses = batch.ImbalanceCauses;
            for (; imbalance < imbalanceCauses.Length && imbalanceCauses[imbalance] == cause; imbalance++) Publish(batch.Imbalances[imbalance], RecordType.Imbalance, 0, 0);
        }
    }

    private void Publish<T>(in T record, RecordType type, int spec, int indicator)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record));
        Span<byte> room = _ring.Claim(bytes.Length);
        if (room.IsEmpty) room = WaitForRoom(bytes.Length);
        bytes.CopyTo(room);
        ref RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(room);
        header.Sequence = NextSequence(_channels.StreamOf(header.Instrument, _channels.ChannelOf(type, spec, indicator)));
        _published++;
        if (_digesting) AddToDigest(room, ref header);
    }

    private void AddToDigest(Span<byte> bytes, ref RecordHeader header)
    {
        // The record is not committed yet: nobody else sees it without its receive time.
        long receiveNs = header.ReceiveNs;
        header.ReceiveNs = 0;
        _digest.Add(bytes);
        header.ReceiveNs = receiveNs;
    }

    private ulong NextSequence(int stream)
    {
        if (stream >= _sequences.Length) Array.Resize(ref _sequences, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)stream + 1));
        return ++_sequences[stream];
    }

    // Only a ring with gating readers, as a replay that writes files has, is ever without room.
    private Span<byte> WaitForRoom(int length)
    {
        _ring.Commit();
        var wait = default(SpinWait);
        while (true)
        {
            _abandon.ThrowIfCancellationRequested();
            wait.SpinOnce();
            Span<byte> room = _ring.Claim(length);
            if (!room.IsEmpty) return room;
        }
    }
}
