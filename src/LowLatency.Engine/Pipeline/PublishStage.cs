using System.Runtime.InteropServices;
using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Reversals;
using LowLatency.Core.Hashing;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Pipeline;

/// <summary>
/// Last stage: gives every record its stream's next q and puts it on the ring, in the order of the input records that caused them (a gap, the tick itself,
/// then bars, indicators, imbalances, intensity, spikes, reversals, alerts), whatever the batches were.
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
        var next = default(NextDerived);
        // Most ticks have nothing derived before them: one comparison tells.
        int due = next.Cause(batch);
        ReadOnlySpan<TickRecord> ticks = batch.Ticks;
        ReadOnlySpan<int> causes = batch.TickCauses;
        for (int i = 0; i < ticks.Length; i++)
        {
            if (due < causes[i])
            {
                PublishDerived(batch, causes[i], ref next);
                due = next.Cause(batch);
            }

            RecordType type = ticks[i].Header.Type;
            if (type is RecordType.Trade or RecordType.Quote or RecordType.Gap or RecordType.BestQuote) Publish(ticks[i], type, 0, 0);
        }

        PublishDerived(batch, int.MaxValue, ref next);
        _ring.Commit();
    }

    // Everything derived has a cause; of each list the causes never fall.
    private void PublishDerived(in PipelineBatch batch, int before, ref NextDerived next)
    {
        while (true)
        {
            int cause = next.Cause(batch);
            if (cause >= before) return;
            for (; next.Bar < batch.Bars.Length && batch.BarCauses[next.Bar] == cause; next.Bar++)
            {
                ref readonly BarRecord bar = ref batch.Bars[next.Bar];
                Publish(bar, RecordType.Bar, bar.Spec, 0);
            }

            for (; next.Indicator < batch.Indicators.Length && batch.IndicatorCauses[next.Indicator] == cause; next.Indicator++)
            {
                ref readonly IndicatorRecord record = ref batch.Indicators[next.Indicator];
                Publish(record, RecordType.Indicator, record.Spec, record.Indicator);
            }

            PublishEach(batch.ImbalanceList, RecordType.Imbalance, cause, ref next.Imbalance);
            SignalList signals = batch.SignalList;
            PublishEach(signals.Intensities, RecordType.Intensity, cause, ref next.Intensity);
            PublishEach(signals.Spikes, RecordType.Spike, cause, ref next.Spike);
            PublishEach(signals.Reversals, RecordType.Reversal, cause, ref next.Reversal);
            PublishEach(batch.AlertList, RecordType.Alert, cause, ref next.Alert);
        }
    }

    private void PublishEach<T>(EmittedList<T> list, RecordType type, int cause, ref int next)
        where T : unmanaged
    {
        for (; next < list.Count && list.Causes[next] == cause; next++) Publish(list.Items[next], type, 0, 0);
    }

    private void Publish<T>(in T record, RecordType type, int spec, int indicator)
        where T : unmanaged
    {
        int length = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)).Length;
        Span<byte> room = _ring.Claim(length);
        if (room.IsEmpty) room = WaitForRoom(length);
        MemoryMarshal.Write(room, in record);
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

    /// <summary>The next of each kind to be published.</summary>
    private struct NextDerived
    {
        public int Bar;
        public int Indicator;
        public int Imbalance;
        public int Intensity;
        public int Spike;
        public int Reversal;
        public int Alert;

        /// <summary>The place in the batch of the input record that caused the earliest of them; int.MaxValue when there are no more.</summary>
        public readonly int Cause(in PipelineBatch batch)
        {
            int cause = CauseAt(batch.BarCauses, Bar, int.MaxValue);
            cause = CauseAt(batch.IndicatorCauses, Indicator, cause);
            cause = CauseAt(batch.ImbalanceList.Causes, Imbalance, cause);
            cause = CauseAt(batch.SignalList.Intensities.Causes, Intensity, cause);
            cause = CauseAt(batch.SignalList.Spikes.Causes, Spike, cause);
            cause = CauseAt(batch.SignalList.Reversals.Causes, Reversal, cause);
            return CauseAt(batch.AlertList.Causes, Alert, cause);
        }

        private static int CauseAt(ReadOnlySpan<int> causes, int next, int least) => next < causes.Length && causes[next] < least ? causes[next] : least;
    }
}
