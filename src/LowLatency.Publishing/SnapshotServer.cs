using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing;

/// <summary>
/// Answers requests for snapshots, a piece at each turn, while publishing goes on: every record is the newest of its stream at the moment it is sent, and tells by its q which of the
/// live records are behind it. Requests that come while one is under way are answered together by the next. One thread's own.
/// </summary>
internal sealed class SnapshotServer : IDisposable
{
    private const int MostWaiting = 1024;
    private const int MessagesInTurn = 16;
    private const long PatienceNs = 5_000_000_000;

    private readonly Subscription _requests;
    private readonly ExclusivePublication _snapshots;
    private readonly PublishedStreams _streams;
    private readonly LastRecords _last;
    private readonly long _run;
    private readonly Queue<long> _waiting = [];
    private readonly List<long> _answered = [];
    private readonly byte[] _message;
    private int _length;
    private long _lastSentNs;
    private DefinitionCursor? _definitions;
    private DefinitionRecord? _definition;
    private int _slot;
    private int _marks;
    private long _count;
    private long _mark;
    private Phase _phase;

    /// <summary>Makes a server.</summary>
    /// <param name="requests">Where requests come from.</param>
    /// <param name="snapshots">Where snapshots go.</param>
    /// <param name="streams">What is published.</param>
    /// <param name="last">The newest record of each stream.</param>
    /// <param name="run">The engine's run.</param>
    public SnapshotServer(Subscription requests, ExclusivePublication snapshots, PublishedStreams streams, LastRecords last, long run)
    {
        _requests = requests;
        _snapshots = snapshots;
        _streams = streams;
        _last = last;
        _run = run;
        _message = new byte[snapshots.MaxPayloadLength / 64 * 64];
    }

    private enum Phase
    {
        Idle,
        Begin,
        Definitions,
        Records,
        End,
    }

    /// <summary>Snapshots that were sent whole.</summary>
    public long Served { get; private set; }

    /// <summary>Snapshots that were given up because nobody took them.</summary>
    public long Abandoned { get; private set; }

    /// <summary>Messages on the stream of requests that were none, and requests beyond the 1,024 that may wait.</summary>
    public long Refused { get; private set; }

    /// <summary>Whether a snapshot is under way.</summary>
    public bool IsBusy => _phase != Phase.Idle;

    /// <summary>Takes requests and sends a piece.</summary>
    /// <param name="nowNs">The time, monotonic.</param>
    /// <param name="mark">The position in the output journals up to which everything has been sent; 0 where there is none.</param>
    /// <returns>How much was done.</returns>
    public int DoWork(long nowNs, long mark)
    {
        var handler = new Requests(this);
        int work = _requests.Poll(ref handler, 16);
        if (_phase == Phase.Idle && _waiting.Count != 0) Begin(nowNs, mark);
        for (int messages = 0; _phase != Phase.Idle && messages < MessagesInTurn; messages++)
        {
            Fill();
            if (!TrySend(nowNs)) break;
            work++;
        }

        return work;
    }

    /// <summary>Closes subscription and publication.</summary>
    public void Dispose()
    {
        _requests.Dispose();
        _snapshots.Dispose();
    }

    private void Begin(long nowNs, long mark)
    {
        _mark = mark;
        _answered.Clear();
        while (_waiting.TryDequeue(out long correlation)) _answered.Add(correlation);
        _definitions = new DefinitionCursor(_streams);
        (_definition, _slot, _marks, _count, _lastSentNs, _phase) = (null, 0, 0, 0, nowNs, Phase.Begin);
    }

    // Fills the message with what comes next, as far as it goes.
    private void Fill()
    {
        if (_phase == Phase.Begin && AddMarks(RecordType.SnapshotBegin)) _phase = Phase.Definitions;
        if (_phase == Phase.Definitions && AddDefinitions()) _phase = Phase.Records;
        if (_phase == Phase.Records && AddRecords()) (_phase, _marks) = (Phase.End, 0);
        if (_phase == Phase.End && AddMarks(RecordType.SnapshotEnd) && _length == 0) Finish();
    }

    private bool AddMarks(RecordType type)
    {
        for (; _marks < _answered.Count; _marks++)
        {
            bool begins = type == RecordType.SnapshotBegin;
            var record = new SnapshotRecord { Header = { Type = type }, Correlation = _answered[_marks], RunNs = _run, Epoch = _streams.Epoch, Count = begins ? 0 : _count, Mark = begins ? _mark : 0 };
            if (!TryAdd(MemoryMarshal.AsBytes(new ReadOnlySpan<SnapshotRecord>(in record)))) return false;
        }

        return true;
    }

    private bool AddDefinitions()
    {
        while (_definition is not null || _definitions!.TryNext(out DefinitionRecord next) && (_definition = next) is not null)
        {
            DefinitionRecord definition = _definition.Value;
            if (!TryAdd(MemoryMarshal.AsBytes(new ReadOnlySpan<DefinitionRecord>(in definition)))) return false;
            _definition = null;
            _count++;
        }

        return true;
    }

    // Streams that begin meanwhile are at the end, and are sent too; all of it is news that the live stream carries as well.
    private bool AddRecords()
    {
        for (; _slot < _last.Count; _slot++)
        {
            if (!TryAdd(_last[_slot])) return false;
            _count++;
        }

        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> record)
    {
        if (_length + record.Length > _message.Length) return false;
        record.CopyTo(_message.AsSpan(_length));
        _length += record.Length;
        return true;
    }

    private bool TrySend(long nowNs)
    {
        if (_length == 0) return _phase != Phase.Idle;
        OfferResult result;
        while (!_snapshots.Offer(_message.AsSpan(0, _length), out result, _run))
        {
            if (result.Status != OfferStatus.AdminAction) break;
        }

        if (result.IsAccepted)
        {
            _length = 0;
            _lastSentNs = nowNs;
            return true;
        }

        // Who asked may not be connected yet, or no more.
        if (nowNs - _lastSentNs < PatienceNs && result.Status is OfferStatus.BackPressured or OfferStatus.NotConnected) return false;
        Abandoned++;
        _length = 0;
        _phase = Phase.Idle;
        return false;
    }

    private void Finish()
    {
        Served++;
        _phase = Phase.Idle;
    }

    private void Take(ReadOnlySpan<byte> message)
    {
        if (message.Length != Marshal.SizeOf<SnapshotRecord>() || (RecordType)message[0] != RecordType.SnapshotRequest || _waiting.Count == MostWaiting) Refused++;
        else _waiting.Enqueue(MemoryMarshal.Read<SnapshotRecord>(message).Correlation);
    }

    private readonly struct Requests(SnapshotServer server) : IFragmentHandler
    {
        public void OnFragment(ReadOnlySpan<byte> payload, in Header header) => server.Take(payload);
    }
}
