using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LowLatency.Gateway.Json;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Fanout;

/// <summary>What the fanout knows of one stream: where it stands, its newest records, and who listens. The fanout thread's own.</summary>
internal sealed class StreamState
{
    private const int BarTimeOffset = 32;
    private const int TickTimeOffset = 8;

    private readonly byte[] _last = new byte[RecordLengths.Max];
    private readonly StreamHistory _history;
    private readonly RecordNames _names;
    private readonly EncodedMessage _microseconds = new();
    private readonly EncodedMessage _nanoseconds = new();
    private readonly byte[] _prefix;
    private readonly byte[] _revisedPrefix;
    private readonly byte[] _openBar;
    private readonly bool _isOfBars;
    private bool _hasOpenBar;
    private Subscription[] _subscriptions = [];
    private int _subscriptionCount;
    private long _newestNs = long.MinValue;

    /// <summary>Makes the state of a stream of which nothing has been seen.</summary>
    public StreamState(int number, Channel channel, string symbol, GatewaySettings settings, HistoryBudget budget, RecordNames names)
    {
        Number = number;
        Channel = channel;
        Symbol = symbol;
        _names = names;
        bool ticks = channel.Kind is ChannelKind.Trades or ChannelKind.Quotes or ChannelKind.BestQuotes or ChannelKind.Gaps or ChannelKind.Imbalances or ChannelKind.Intensity;
        _isOfBars = channel.Kind is ChannelKind.Bars or ChannelKind.Indicator;
        RecordLength = RecordLengths.Of(channel.Kind switch
        {
            ChannelKind.Trades => RecordType.Trade,
            ChannelKind.Quotes => RecordType.Quote,
            ChannelKind.Bars => RecordType.Bar,
            ChannelKind.BestQuotes => RecordType.BestQuote,
            ChannelKind.Gaps => RecordType.Gap,
            ChannelKind.Imbalances => RecordType.Imbalance,
            ChannelKind.Intensity => RecordType.Intensity,
            ChannelKind.Spikes => RecordType.Spike,
            ChannelKind.Reversals => RecordType.Reversal,
            ChannelKind.Alerts => RecordType.Alert,
            _ => RecordType.Indicator,
        });
        _history = new StreamHistory(RecordLength, ticks ? settings.HistoryPerTickStream : settings.HistoryPerStream, _isOfBars ? BarTimeOffset : TickTimeOffset, budget);
        _openBar = channel.Kind == ChannelKind.Bars ? new byte[RecordLength] : [];
        Names = MessagePrefixes.Names(channel, symbol);
        _prefix = MessagePrefixes.Update(channel, symbol, revised: false);
        _revisedPrefix = channel.Kind == ChannelKind.Bars ? MessagePrefixes.Update(channel, symbol, revised: true) : _prefix;
    }

    /// <summary>The stream's number in the channel table.</summary>
    public int Number { get; }

    /// <summary>The channel.</summary>
    public Channel Channel { get; }

    /// <summary>The instrument's symbol.</summary>
    public string Symbol { get; }

    /// <summary>Bytes of one of its records.</summary>
    public int RecordLength { get; }

    /// <summary>Channel and symbol as JSON fields: "ch":"trades","S":"AAPL".</summary>
    public byte[] Names { get; }

    /// <summary>The newest q; 0 when nothing has been seen.</summary>
    public ulong LastQ { get; private set; }

    /// <summary>The newest record; of no meaning when <see cref="LastQ"/> is 0.</summary>
    public ReadOnlySpan<byte> Last => _last.AsSpan(0, RecordLength);

    /// <summary>Whether the newest record is one that a newer one may replace for a client that wants only the newest.</summary>
    public bool LastIsConflatable { get; private set; }

    /// <summary>Whether the newest record is of an open bar: the bar itself, or an indicator's provisional value.</summary>
    public bool LastIsOfOpenBar => LastQ != 0 && IsOfOpenBar(_last);

    /// <summary>Who listens.</summary>
    public ReadOnlySpan<Subscription> Subscriptions => _subscriptions.AsSpan(0, _subscriptionCount);

    private static int BarStateOffset { get; } = (int)Marshal.OffsetOf<BarRecord>(nameof(BarRecord.State));

    /// <summary>Whether a record of a closed bar is about another bar than the open one that was last spoken of, so that what was said of the open one is still news.</summary>
    /// <param name="record">A record of this stream, not yet stored.</param>
    public bool LeavesOpenBarStanding(ReadOnlySpan<byte> record) => LastIsOfOpenBar && !IsOfOpenBar(record) && StartNs(record) != StartNs(_last);

    /// <summary>Takes the stream's next record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="q">Its q.</param>
    public void Store(ReadOnlySpan<byte> record, ulong q)
    {
        record.CopyTo(_last);
        LastQ = q;
        switch (Channel.Kind)
        {
            case ChannelKind.Trades or ChannelKind.Quotes or ChannelKind.BestQuotes or ChannelKind.Intensity:
            case ChannelKind.Gaps or ChannelKind.Imbalances or ChannelKind.Spikes or ChannelKind.Reversals or ChannelKind.Alerts:
                // Each gap, imbalance, spike, reversal and alert is news of its own.
                LastIsConflatable = Channel.Kind is ChannelKind.Trades or ChannelKind.Quotes or ChannelKind.BestQuotes or ChannelKind.Intensity;
                _newestNs = Math.Max(_newestNs, BinaryPrimitives.ReadInt64LittleEndian(record[TickTimeOffset..]));
                _history.Append(record);
                break;
            case ChannelKind.Bars:
                StoreBar(record);
                break;
            default:
                LastIsConflatable = IsOfOpenBar(record);
                _newestNs = Math.Max(_newestNs, StartNs(record));
                StoreAtItsTime(record);
                break;
        }
    }

    /// <summary>The newest record as an update message, encoded when it is first asked for.</summary>
    /// <param name="unit">How the client wants times.</param>
    public ReadOnlySpan<byte> Message(TimeUnit unit)
    {
        EncodedMessage encoded = unit == TimeUnit.Microseconds ? _microseconds : _nanoseconds;
        if (encoded.Q == LastQ) return encoded.Bytes;
        bool revised = Channel.Kind == ChannelKind.Bars && (BarState)_last[BarStateOffset] == BarState.Revised;
        return encoded.Encode(revised ? _revisedPrefix : _prefix, Last, LastQ, unit, _names);
    }

    /// <summary>How many records a snapshot has.</summary>
    /// <param name="window">What the snapshot goes back to.</param>
    public int SnapshotCount(SnapshotWindow window)
    {
        if (LastQ == 0 || window.Kind == SnapshotKind.None) return 0;
        if (window.Kind == SnapshotKind.LastState) return 1;
        int count = _hasOpenBar ? 1 : 0;
        long from = _newestNs - window.Ns;
        for (int i = 0; i < _history.Count; i++)
        {
            if (_history.TimeNs(i) > from) count++;
        }

        return Math.Max(count, 1);
    }

    /// <summary>Finds a snapshot's next record.</summary>
    /// <param name="window">What the snapshot goes back to.</param>
    /// <param name="cursor">Where to go on; 0 at first.</param>
    /// <param name="record">The record.</param>
    /// <returns>False when there are no more.</returns>
    public bool TryNextOfSnapshot(SnapshotWindow window, ref int cursor, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (LastQ == 0 || window.Kind == SnapshotKind.None) return false;
        if (window.Kind == SnapshotKind.LastState) return TryLastState(ref cursor, out record);
        if (_history.Count == 0 && !_hasOpenBar) return TryLastState(ref cursor, out record);
        long from = _newestNs - window.Ns;
        while (cursor < _history.Count)
        {
            int index = cursor++;
            if (_history.TimeNs(index) <= from) continue;
            record = _history[index];
            return true;
        }

        if (cursor != _history.Count || !_hasOpenBar) return false;
        cursor++;
        record = _openBar;
        return true;
    }

    /// <summary>Adds a listener.</summary>
    public void Add(Subscription subscription)
    {
        if (_subscriptionCount == _subscriptions.Length) Array.Resize(ref _subscriptions, Math.Max(4, _subscriptionCount * 2));
        _subscriptions[_subscriptionCount++] = subscription;
    }

    /// <summary>Removes a listener.</summary>
    public void Remove(Subscription subscription)
    {
        int index = Array.IndexOf(_subscriptions, subscription, 0, _subscriptionCount);
        if (index < 0) return;
        _subscriptions[index] = _subscriptions[--_subscriptionCount];
        _subscriptions[_subscriptionCount] = null!;
    }

    private bool IsOfOpenBar(ReadOnlySpan<byte> record) => Channel.Kind switch
    {
        ChannelKind.Bars => (BarState)record[BarStateOffset] == BarState.Open,
        ChannelKind.Indicator => (MemoryMarshal.AsRef<RecordHeader>(record).Flags & RecordFlags.Provisional) != 0,
        _ => false,
    };

    private static long StartNs(ReadOnlySpan<byte> bar) => BinaryPrimitives.ReadInt64LittleEndian(bar[BarTimeOffset..]);

    private void StoreBar(ReadOnlySpan<byte> record)
    {
        long startNs = StartNs(record);
        _newestNs = Math.Max(_newestNs, startNs);
        LastIsConflatable = (BarState)record[BarStateOffset] == BarState.Open;
        if (LastIsConflatable)
        {
            record.CopyTo(_openBar);
            _hasOpenBar = true;
            return;
        }

        // A bar that closes ends the open one, unless it revises an earlier bar.
        if (_hasOpenBar && startNs >= StartNs(_openBar)) _hasOpenBar = false;
        StoreAtItsTime(record);
    }

    // Only bars of time have a start of their own: of others, two may begin with trades of the same time, and none is revised.
    private void StoreAtItsTime(ReadOnlySpan<byte> record)
    {
        if (Channel.Bar!.Kind == BarKind.Time) _history.Put(record);
        else _history.Append(record);
    }

    private bool TryLastState(ref int cursor, out ReadOnlySpan<byte> record)
    {
        // A revision of an old bar may be the newest record without being the newest bar.
        record = !_isOfBars || _history.Count == 0 ? Last : _history[_history.Count - 1];
        if (_hasOpenBar) record = _openBar;
        return cursor++ == 0;
    }
}
