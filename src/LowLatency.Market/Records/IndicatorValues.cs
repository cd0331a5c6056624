using System.Runtime.CompilerServices;

namespace LowLatency.Market.Records;

/// <summary>Room for the outputs of one indicator, in the order that its definition names them.</summary>
[InlineArray(Capacity)]
public struct IndicatorValues
{
    /// <summary>The most outputs an indicator can have.</summary>
    public const int Capacity = 8;

    private double _first;
}
