namespace LowLatency.Market.Records;

/// <summary>What a <see cref="DefinitionRecord"/> names. The values are part of the wire format.</summary>
public enum DefinitionKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An instrument; its text is the symbol.</summary>
    Instrument = 1,

    /// <summary>A source of ticks; its text is the name.</summary>
    Source = 2,

    /// <summary>A kind of bar: what <see cref="BarRecord.Spec"/> counts; its text is the name, with interval_ns, size and bar kind beside it.</summary>
    Bar = 3,

    /// <summary>An indicator: what <see cref="IndicatorRecord.Indicator"/> counts; its text is the name and, line by line, the names of its values.</summary>
    Indicator = 4,

    /// <summary>A rule of alerts: what <see cref="AlertRecord.Alert"/> counts; its text is the name and, in the next line, the rule.</summary>
    Alert = 5,
}
