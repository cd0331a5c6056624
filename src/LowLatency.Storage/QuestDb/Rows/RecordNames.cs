using LowLatency.Market.Instruments;
using LowLatency.Market.Streams;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>What the ids in records stand for.</summary>
/// <param name="instruments">The instruments.</param>
/// <param name="sources">The sources.</param>
/// <param name="channels">The kinds of bars and the indicators.</param>
/// <param name="alerts">The alerts.</param>
public sealed class RecordNames(InstrumentTable instruments, SourceTable sources, ChannelTable channels, AlertTable alerts)
{
    /// <summary>The kinds of bars and the indicators.</summary>
    public ChannelTable Channels { get; } = channels;

    /// <summary>The names of what an engine publishes.</summary>
    /// <param name="streams">What it publishes.</param>
    public static RecordNames Of(PublishedStreams streams)
    {
        ArgumentNullException.ThrowIfNull(streams);
        return new RecordNames(streams.Instruments, streams.Sources, streams.Channels, streams.Alerts);
    }

    /// <summary>An instrument's symbol; null when it has none.</summary>
    /// <param name="instrument">Its id.</param>
    public string? SymbolOf(uint instrument) => instrument < (uint)instruments.Count ? instruments.Symbol(instrument) : null;

    /// <summary>A source's name; null when it has none.</summary>
    /// <param name="source">Its id.</param>
    public string? SourceOf(byte source) => source < sources.Count ? sources.Name(source) : null;

    /// <summary>An alert's name; null when there is none.</summary>
    /// <param name="alert">Its id.</param>
    public string? AlertOf(uint alert) => alert < (uint)alerts.Specs.Count ? alerts.Specs[(int)alert].Name : null;
}
