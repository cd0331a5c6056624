using System.Runtime.InteropServices;
using LowLatency.Gateway.Json;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Fanout;

/// <summary>The streams that have been seen or asked for. The fanout thread's own.</summary>
/// <param name="streams">What is published.</param>
/// <param name="settings">The settings.</param>
/// <param name="names">The names that records refer to.</param>
/// <param name="budget">The memory for histories.</param>
internal sealed class StreamTable(PublishedStreams streams, GatewaySettings settings, RecordNames names, HistoryBudget budget)
{
    private readonly ChannelTable _channels = streams.Channels;
    private StreamState?[][] _byInstrument = [];

    /// <summary>Is called with each stream that is new.</summary>
    public Action<StreamState>? Added { get; set; }

    /// <summary>The stream of a record; null when its channel or instrument is not known.</summary>
    /// <param name="record">A published record.</param>
    public StreamState? Of(ReadOnlySpan<byte> record)
    {
        int channel = _channels.ChannelOf(record);
        uint instrument = MemoryMarshal.AsRef<RecordHeader>(record).Instrument;
        if (channel < 0) return null;
        return instrument < (uint)_byInstrument.Length && _byInstrument[instrument][channel] is { } known ? known : Add(instrument, channel);
    }

    /// <summary>The stream of a channel and an instrument; null when there is no such instrument.</summary>
    /// <param name="instrument">The instrument's id.</param>
    /// <param name="channel">The channel's index.</param>
    public StreamState? Get(uint instrument, int channel) =>
        instrument < (uint)_byInstrument.Length && _byInstrument[instrument][channel] is { } known ? known : Add(instrument, channel);

    private StreamState? Add(uint instrument, int channel)
    {
        if (instrument >= (uint)streams.Instruments.Count) return null;
        if (instrument >= (uint)_byInstrument.Length) Grow((int)instrument + 1);
        var state = new StreamState(
            _channels.StreamOf(instrument, channel), _channels.Channels[channel], streams.Instruments.Symbol(instrument), settings, budget, names);
        _byInstrument[instrument][channel] = state;
        Added?.Invoke(state);
        return state;
    }

    private void Grow(int needed)
    {
        int before = _byInstrument.Length;
        Array.Resize(ref _byInstrument, Math.Max(needed, Math.Min(before * 2, streams.Instruments.Capacity)));
        for (int i = before; i < _byInstrument.Length; i++) _byInstrument[i] = new StreamState?[_channels.Channels.Count];
    }
}
