using System.Runtime.InteropServices;
using System.Text;
using LowLatency.Market.Instruments;
using LowLatency.Market.Records;

namespace LowLatency.Market.Streams;

/// <summary>
/// Puts together what definitions say, in whatever process they arrive: the tables that a publisher has. A definition may come any number of times. One thread takes them; the
/// tables may be read by any.
/// </summary>
/// <param name="maxInstruments">How many instruments there can be.</param>
public sealed class DefinitionReader(int maxInstruments)
{
    private readonly List<BarSpec> _bars = [];
    private readonly List<IndicatorSpec> _indicators = [];
    private readonly List<byte> _text = [];
    private (DefinitionKind Kind, uint Id, int Next) _partial;

    /// <summary>The instruments.</summary>
    public InstrumentTable Instruments { get; } = new(maxInstruments);

    /// <summary>The sources.</summary>
    public SourceTable Sources { get; } = new();

    /// <summary>The rules of alerts.</summary>
    public AlertTable Alerts { get; } = new();

    /// <summary>The kinds of bars that have been defined.</summary>
    public IReadOnlyList<BarSpec> Bars => _bars;

    /// <summary>The indicators that have been defined.</summary>
    public IReadOnlyList<IndicatorSpec> Indicators => _indicators;

    /// <summary>Definitions that could not be used: out of order because an earlier one was not received, or of something that this version does not know.</summary>
    public long Ignored { get; private set; }

    /// <summary>Takes a definition.</summary>
    /// <param name="definition">The record.</param>
    /// <returns>False when it is of no use: an earlier one is missing, or its kind or content is not known.</returns>
    public bool Take(in DefinitionRecord definition)
    {
        uint id = definition.Header.Instrument;
        if (definition.Part == 0)
        {
            _text.Clear();
            _partial = (definition.Kind, id, 0);
        }

        // Parts follow each other: one that does not continue what was begun has lost its beginning.
        bool continues = _partial == (definition.Kind, id, definition.Part) && definition.Length <= DefinitionRecord.TextBytes && definition.Part < definition.Parts;
        if (!continues)
        {
            _partial = default;
            return Ignore();
        }

        _text.AddRange(MemoryMarshal.AsBytes(new ReadOnlySpan<DefinitionRecord.TextBuffer>(in definition.Text))[..definition.Length]);
        _partial.Next++;
        return _partial.Next < definition.Parts || Use(definition, id, CollectionsMarshal.AsSpan(_text)) || Ignore();
    }

    private bool Use(in DefinitionRecord definition, uint id, ReadOnlySpan<byte> text) => definition.Kind switch
    {
        DefinitionKind.Instrument => IsNext(id, Instruments.Count) && Instruments.TryGetOrAdd(text, out int instrument) && instrument == id,
        DefinitionKind.Source => IsNext(id, Sources.Count) && Sources.TryGetOrAdd(text, out int source) && source == id,
        DefinitionKind.Bar => Put(_bars, id, BarOf(definition, Encoding.UTF8.GetString(text))),
        DefinitionKind.Indicator => Put(_indicators, id, IndicatorOf(Encoding.UTF8.GetString(text).Split('\n'))),
        DefinitionKind.Alert => TakeAlert(id, Encoding.UTF8.GetString(text)),
        _ => false,
    };

    private static bool IsNext(uint id, int count) => id <= (uint)count;

    private static bool Put<T>(List<T> list, uint id, T? value)
    {
        if (value is null || !IsNext(id, list.Count)) return false;
        if (id == (uint)list.Count) list.Add(value);
        else list[(int)id] = value;
        return true;
    }

    private static BarSpec? BarOf(in DefinitionRecord definition, string name)
    {
        var kind = (BarKind)definition.BarKind;
        if (kind == BarKind.Time) return definition.IntervalNs > 0 ? new BarSpec(name, definition.IntervalNs) : null;
        return Enum.IsDefined(kind) && definition.Size > 0 && double.IsFinite(definition.Size) ? BarSpec.OfEvents(kind, definition.Size) : null;
    }

    private static IndicatorSpec? IndicatorOf(string[] lines) => new(lines[0], lines[1..]);

    private bool TakeAlert(uint id, string text)
    {
        if (!IsNext(id, Alerts.Specs.Count)) return false;
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        return end >= 0 && Alerts.Set(text[..end], text[(end + 1)..]) == id;
    }

    private bool Ignore()
    {
        Ignored++;
        return false;
    }
}
