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
    private readonly DefinitionCursor _definitions;
    private ulong[] _sequences = [];
    private RecordDigest _digest;
    private long _published;

    public PublishStage(PublishedStreams streams, bool digest, CancellationToken abandon)
    {
        _ring = streams.Ring;
        _channels = streams.Channels;
        _digesting = digest;
        _definitions = new DefinitionCursor(streams);
        _abandon = abandon;
    }

    public string Name => "publish";

    /// <summary>Number of records published, definitions apart.</summary>
    public long Published => Volatile.Read(ref _published);

    /// <summary>Fingerprint of everything published, receive times apart; to be read when the pipeline has stopped.</summary>
    public RecordDigest Digest => _digest;

    public void Process(in PipelineBatch batch)
    {
        if (_definitions.HasNext) PublishDefinitions();
        var derived = new Derived(batch);
        // Most ticks have nothing derived before them: one comparison tells.
        int due = derived.Cause();
        ReadOnlySpan<TickRecord> ticks = batch.Ticks;
        ReadOnlySpan<int> causes = batch.TickCauses;
        for (int i = 0; i < ticks.Length; i++)
        {
            if (due < causes[i]) due = PublishDerived(ref derived, due, causes[i]);
            RecordType type = ticks[i].Header.Type;
            if (type is RecordType.Trade or RecordType.Quote or RecordType.Gap or RecordType.BestQuote) Publish(ticks[i], type, 0, 0);
        }

        PublishDerived(ref derived, due, int.MaxValue);
        _ring.Commit();
    }

    // Everything derived has a cause; of each list the causes never fall. Gives the first cause that is left.
    private int PublishDerived(ref Derived derived, int cause, int before)
    {
        while (cause < before)
        {
            while (derived.Bars.Cause == cause)
            {
                ref readonly BarRecord bar = ref derived.Bars.Take();
                Publish(bar, RecordType.Bar, bar.Spec, 0);
            }

            while (derived.Indicators.Cause == cause)
            {
                ref readonly IndicatorRecord record = ref derived.Indicators.Take();
                Publish(record, RecordType.Indicator, record.Spec, record.Indicator);
            }

            PublishEach(ref derived.Imbalances, RecordType.Imbalance, cause);
            PublishEach(ref derived.Intensities, RecordType.Intensity, cause);
            PublishEach(ref derived.Spikes, RecordType.Spike, cause);
            PublishEach(ref derived.Reversals, RecordType.Reversal, cause);
            PublishEach(ref derived.Alerts, RecordType.Alert, cause);
            cause = derived.Cause();
        }

        return cause;
    }

    private void PublishEach<T>(ref Pending<T> pending, RecordType type, int cause)
        where T : unmanaged
    {
        while (pending.Cause == cause) Publish(pending.Take(), type, 0, 0);
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

    // Which batch a new name comes in front of depends on when the feed met it: definitions are no part of what a replay repeats.
    private void PublishDefinitions()
    {
        while (_definitions.TryNext(out DefinitionRecord definition))
        {
            int length = RecordLengths.Of(RecordType.Definition);
            Span<byte> room = _ring.Claim(length);
            if (room.IsEmpty) room = WaitForRoom(length);
            MemoryMarshal.Write(room, in definition);
        }
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

    /// <summary>What a batch's records led to, kind by kind, in the order of publication.</summary>
    private ref struct Derived(in PipelineBatch batch)
    {
        public Pending<BarRecord> Bars = new(batch.BarList);
        public Pending<IndicatorRecord> Indicators = new(batch.IndicatorList);
        public Pending<ImbalanceRecord> Imbalances = new(batch.ImbalanceList);
        public Pending<IntensityRecord> Intensities = new(batch.SignalList.Intensities);
        public Pending<SpikeRecord> Spikes = new(batch.SignalList.Spikes);
        public Pending<ReversalRecord> Reversals = new(batch.SignalList.Reversals);
        public Pending<AlertRecord> Alerts = new(batch.AlertList);

        /// <summary>The place in the batch of the input record that caused the earliest of them; int.MaxValue when there are no more.</summary>
        public readonly int Cause()
        {
            int bars = Math.Min(Math.Min(Bars.Cause, Indicators.Cause), Imbalances.Cause);
            int signals = Math.Min(Math.Min(Intensities.Cause, Spikes.Cause), Math.Min(Reversals.Cause, Alerts.Cause));
            return Math.Min(bars, signals);
        }
    }
}
