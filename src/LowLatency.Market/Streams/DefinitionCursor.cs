using System.Runtime.InteropServices;
using System.Text;
using LowLatency.Market.Records;

namespace LowLatency.Market.Streams;

/// <summary>
/// Gives the definitions of everything that a publisher's records refer to, first what there is, then what is new: kinds of bars, indicators, sources, alerts, instruments,
/// each in the order of its ids. One thread's own.
/// </summary>
/// <param name="streams">What is published.</param>
public sealed class DefinitionCursor(PublishedStreams streams)
{
    private const int LongestText = DefinitionRecord.TextBytes * DefinitionRecord.MaxParts;

    private readonly Queue<DefinitionRecord> _waiting = [];
    private IReadOnlyList<AlertSpec>? _alerts;
    private int _sources;
    private int _instruments;
    private bool _hasBegun;

    /// <summary>Whether there is a definition that has not been given. Costs four comparisons; safe to ask while others add names.</summary>
    public bool HasNext =>
        _waiting.Count != 0 || streams.Instruments.Count != _instruments || !_hasBegun || streams.Sources.Count != _sources || !ReferenceEquals(streams.Alerts.Specs, _alerts);

    /// <summary>Gives the next definition.</summary>
    /// <param name="definition">The record.</param>
    /// <returns>False when all have been given.</returns>
    public bool TryNext(out DefinitionRecord definition)
    {
        if (_waiting.Count == 0 && HasNext) Collect();
        return _waiting.TryDequeue(out definition);
    }

    private void Collect()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            for (int i = 0; i < streams.Channels.Bars.Count; i++) AddBar((uint)i, streams.Channels.Bars[i]);
            for (int i = 0; i < streams.Channels.Indicators.Count; i++)
            {
                IndicatorSpec indicator = streams.Channels.Indicators[i];
                Add(DefinitionKind.Indicator, (uint)i, string.Join('\n', [indicator.Name, .. indicator.Outputs]), default);
            }
        }

        for (int sources = streams.Sources.Count; _sources < sources; _sources++) Add(DefinitionKind.Source, (uint)_sources, streams.Sources.Name((byte)_sources), default);
        if (!ReferenceEquals(streams.Alerts.Specs, _alerts))
        {
            _alerts = streams.Alerts.Specs;
            foreach (AlertSpec alert in _alerts) Add(DefinitionKind.Alert, (uint)alert.Id, $"{alert.Name}\n{alert.Rule}", default);
        }

        for (int instruments = streams.Instruments.Count; _instruments < instruments; _instruments++)
            Add(DefinitionKind.Instrument, (uint)_instruments, streams.Instruments.Symbol((uint)_instruments), default);
    }

    private void AddBar(uint id, BarSpec bar) => Add(DefinitionKind.Bar, id, bar.Name, new DefinitionRecord { BarKind = (byte)bar.Kind, IntervalNs = bar.IntervalNs, Size = bar.Size });

    private void Add(DefinitionKind kind, uint id, string text, DefinitionRecord definition)
    {
        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text);
        // No rule or list of names is nearly so long; the end of one that is would be cut, its name never.
        if (bytes.Length > LongestText) bytes = bytes[..LongestText];
        int parts = Math.Max(1, (bytes.Length + DefinitionRecord.TextBytes - 1) / DefinitionRecord.TextBytes);
        for (int part = 0; part < parts; part++)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, DefinitionRecord.TextBytes)];
            bytes = bytes[piece.Length..];
            DefinitionRecord record = definition;
            record.Header = new RecordHeader { Type = RecordType.Definition, Instrument = id };
            (record.Kind, record.Part, record.Parts, record.Length) = (kind, (byte)part, (byte)parts, (byte)piece.Length);
            piece.CopyTo(MemoryMarshal.AsBytes(new Span<DefinitionRecord.TextBuffer>(ref record.Text)));
            _waiting.Enqueue(record);
        }
    }
}
