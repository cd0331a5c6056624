namespace LowLatency.Analytics.Reversals;

/// <summary>Momentum of an instrument's trades: an average of prices less what it was some trades earlier.</summary>
internal struct Momentum
{
    private MeanSeededEma _average;
    private double[] _earlier;
    private int _next;

    /// <param name="length">Length of the average.</param>
    /// <param name="lag">How many trades earlier.</param>
    public Momentum(int length, int lag)
    {
        _average = new MeanSeededEma(length);
        _earlier = new double[lag];
        _earlier.AsSpan().Fill(double.NaN);
        Value = double.NaN;
    }

    /// <summary>The momentum; NaN while it warms up.</summary>
    public double Value { get; private set; }

    public void Update(double price)
    {
        _average.Update(price);
        Value = _average.Value - _earlier[_next];
        _earlier[_next] = _average.Value;
        _next = _next + 1 == _earlier.Length ? 0 : _next + 1;
    }

    /// <summary>Other lengths: the average goes on; with another lag momentum warms up anew.</summary>
    public void Change(int length, int lag)
    {
        _average.Change(length);
        if (lag == _earlier.Length) return;
        _earlier = new double[lag];
        _earlier.AsSpan().Fill(double.NaN);
        _next = 0;
    }
}
