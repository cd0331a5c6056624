using LowLatency.Market.Instruments;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Json;

/// <summary>The names that records refer to by id, as JSON strings, made when they are first asked for.</summary>
/// <param name="sources">The sources.</param>
/// <param name="alerts">The alerts.</param>
internal sealed class RecordNames(SourceTable sources, AlertTable alerts)
{
    private readonly byte[]?[] _sources = new byte[256][];
    private byte[]?[] _alerts = [];

    /// <summary>A source's quoted name; empty for the source that nobody named and for ids that the table does not know.</summary>
    /// <param name="source">The source's id.</param>
    public ReadOnlySpan<byte> Source(byte source) => _sources[source] ?? FindSource(source);

    /// <summary>An alert's quoted name; empty for ids that the table does not know.</summary>
    /// <param name="alert">The alert's id.</param>
    public ReadOnlySpan<byte> Alert(uint alert) => alert < (uint)_alerts.Length && _alerts[alert] is { } known ? known : FindAlert(alert);

    private byte[] FindSource(byte source)
    {
        if (source == SourceTable.UnknownId || source >= sources.Count) return [];
        return _sources[source] = JsonStrings.Quote(sources.Name(source));
    }

    private byte[] FindAlert(uint alert)
    {
        IReadOnlyList<AlertSpec> specs = alerts.Specs;
        if (alert >= (uint)specs.Count) return [];
        if (alert >= (uint)_alerts.Length) Array.Resize(ref _alerts, specs.Count);
        return _alerts[alert] = JsonStrings.Quote(specs[(int)alert].Name);
    }
}
