using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>What becomes of the messages of each stream.</summary>
public sealed partial class StreamSubscriber
{
    // What others put on these streams must not stop us.
    private bool AreRecords(ReadOnlySpan<byte> message)
    {
        if (PublishedMessage.IsWhole(message)) return true;
        Malformed++;
        return false;
    }

    internal ControlledAction TakeStatus(ReadOnlySpan<byte> message, long run)
    {
        if (run < _run || !AreRecords(message)) return ControlledAction.Continue;
        if (run > _run && Phase is SubscriberPhase.Live or SubscriberPhase.Ready) Wait(0);
        // Of a run that we know nothing of yet: its snapshot tells all of this.
        bool isKnown = run == _run && Phase is SubscriberPhase.Live or SubscriberPhase.Ready or SubscriberPhase.Snapshot;
        bool takes = isKnown && (Phase == SubscriberPhase.Live || _isDraining);
        while (!message.IsEmpty)
        {
            ReadOnlySpan<byte> record = message[..RecordLengths.Of((RecordType)message[0])];
            message = message[record.Length..];
            switch ((RecordType)record[0])
            {
                case RecordType.Status:
                    ref readonly StatusRecord status = ref MemoryMarshal.AsRef<StatusRecord>(record);
                    EngineState = status.State;
                    Volatile.Write(ref _heardNs, _clock.MonotonicNs());
                    _missed.OnStatus(status.Mark);
                    // Something was not sent at all: no record that follows needs to show it, but a snapshot does.
                    if (isKnown && status.Dropped + status.LappedBytes != _unsent && Phase == SubscriberPhase.Live) Wait(0);
                    _unsent = status.Dropped + status.LappedBytes;
                    break;
                case RecordType.Definition:
                    if (isKnown) _definitions.Take(MemoryMarshal.AsRef<DefinitionRecord>(record));
                    break;
                default:
                    // A record of a stream, which has its turn when the others have; before we are released none is ours.
                    if (takes ? !TryTake(record, fromSnapshot: false) : Volatile.Read(ref _isReleased)) return HoldUp();
                    break;
            }
        }

        return ControlledAction.Continue;
    }

    private ControlledAction HoldUp()
    {
        _isHeldUp = true;
        return ControlledAction.Abort;
    }

    internal ControlledAction TakeRecords(ReadOnlySpan<byte> message, long run)
    {
        if (run < _run || !AreRecords(message)) return ControlledAction.Continue;
        if (run > _run)
        {
            Wait(0);
            return HoldUp();
        }

        while (!message.IsEmpty)
        {
            ReadOnlySpan<byte> record = message[..RecordLengths.Of((RecordType)message[0])];
            // What of the message was taken before it is offered again is known by its q.
            if (!TryTake(record, fromSnapshot: false)) return HoldUp();
            message = message[record.Length..];
        }

        return ControlledAction.Continue;
    }

    internal ControlledAction TakeSnapshot(ReadOnlySpan<byte> message)
    {
        long before = _snapshotRecords;
        if (!AreRecords(message)) return ControlledAction.Continue;
        bool isDrained = !_hasBegun;
        while (!message.IsEmpty)
        {
            ReadOnlySpan<byte> record = message[..RecordLengths.Of((RecordType)message[0])];
            message = message[record.Length..];
            var type = (RecordType)record[0];
            if (type is RecordType.SnapshotBegin or RecordType.SnapshotEnd)
            {
                TakeMark(type, MemoryMarshal.AsRef<SnapshotRecord>(record));
            }
            else if (Phase == SubscriberPhase.Snapshot)
            {
                _deadlineNs = _clock.MonotonicNs() + PatienceNs;
                if (type == RecordType.Definition)
                {
                    _definitions.Take(MemoryMarshal.AsRef<DefinitionRecord>(record));
                }
                else if (Volatile.Read(ref _isReleased) && !((isDrained || (isDrained = TryDrain())) && TryTake(record, fromSnapshot: true)))
                {
                    // Not now: the message comes again, whole.
                    _snapshotRecords = before;
                    return ControlledAction.Abort;
                }

                _snapshotRecords++;
            }
        }

        return ControlledAction.Continue;
    }

    private void TakeMark(RecordType type, in SnapshotRecord mark)
    {
        // Once ended it stays so, whoever else answers.
        if (mark.Correlation != _correlation || Phase == SubscriberPhase.Ended) return;
        if (type == RecordType.SnapshotEnd)
        {
            if (Phase == SubscriberPhase.Snapshot) End(mark);
        }
        else if (_mirror is not null && mark.Epoch != _mirror.Streams.Epoch)
        {
            Enter(SubscriberPhase.Ended);
            _ended.TrySetResult();
        }
        else
        {
            // A sign of the engine too: its next status may be a while.
            Volatile.Write(ref _heardNs, _clock.MonotonicNs());
            _run = mark.RunNs;
            _epoch = mark.Epoch;
            if (!_hasBegun) _missed.OnFirstSnapshot(mark.Mark);
            _snapshotRecords = 0;
            Enter(SubscriberPhase.Snapshot);
        }
    }

    private void End(in SnapshotRecord mark)
    {
        // Something of it was lost: again.
        if (mark.Count != _snapshotRecords)
        {
            Wait(0);
            return;
        }

        Snapshots++;
        if (_mirror is null)
        {
            var channels = new ChannelTable(_definitions.Bars, _definitions.Indicators);
            var streams = new PublishedStreams(PublishedStreams.CreateRing(_ringBytes), channels, _definitions.Instruments, _definitions.Sources, _epoch, _definitions.Alerts) { IsMirror = true };
            Volatile.Write(ref _mirror, new MirrorWriter(streams));
            _known.TrySetResult(streams);
            Enter(SubscriberPhase.Ready);
        }
        else
        {
            _hasBegun = true;
            Enter(SubscriberPhase.Live);
        }
    }

    // False when it cannot be taken now: the ring is full, what its instrument is called has not been said yet, or records before it are to be had from the journal first.
    private bool TryTake(ReadOnlySpan<byte> record, bool fromSnapshot)
    {
        if (!_mirror!.Knows(record)) return IsBeyondAll(MemoryMarshal.AsRef<RecordHeader>(record).Instrument);
        MirrorResult result = _mirror.Write(record, begins: fromSnapshot && !_hasBegun, counts: _missed.Counts);
        if (result == MirrorResult.Gap) _missed.OnGap();
        return result == MirrorResult.Done;
    }

    // Its definition is on the status stream, which is polled next; unless that was missed, or there is no room for the instrument here.
    private bool IsBeyondAll(uint instrument)
    {
        if (instrument >= (uint)_maxInstruments)
        {
            Unknown++;
            return true;
        }

        if (++_turnsUnknown < TurnsUntilAsked) return false;
        _turnsUnknown = 0;
        Wait(0);
        return false;
    }
}
