namespace LowLatency.Analytics.Indicators;

/// <summary>A faster way to compute an indicator over a whole series than its kernel bar by bar, of the same bits.</summary>
internal interface IBatchForm
{
    /// <summary>Computes a whole series.</summary>
    /// <param name="bars">Bars of which everything that is read is finite.</param>
    /// <param name="values">Receives the outputs, column after column; the last outputs may be missing.</param>
    void Compute(in BarSeries bars, Span<double> values);
}
