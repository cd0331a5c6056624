namespace LowLatency.Analytics.Numerics;

/// <summary>
/// The sum, and if wanted the sum of squares, of the last n values, O(1) an update. Beside the sum that values enter and leave runs one that values only
/// enter; after n of them it is the window's sum, takes its place, and begins anew. So no error is older than two windows, however long the stream.
/// </summary>
/// <param name="length">n, at least 1.</param>
internal struct WindowSum(int length)
{
    private readonly int _length = length;
    private TwoDouble _sum;
    private TwoDouble _squares;
    private TwoDouble _freshSum;
    private TwoDouble _freshSquares;
    private int _fresh;

    /// <summary>The sum of the values in the window.</summary>
    public readonly TwoDouble Sum => _sum;

    /// <summary>The sum of their squares; only of values that came by <see cref="UpdateSquares"/>.</summary>
    public readonly TwoDouble Squares => _squares;

    /// <summary>One value enters.</summary>
    /// <param name="entering">The value.</param>
    /// <param name="leaving">The one that entered n updates before; 0 while the window fills.</param>
    public void Update(double entering, double leaving)
    {
        _sum.Add(entering);
        _sum.Add(-leaving);
        _freshSum.Add(entering);
        if (++_fresh == _length) Renew();
    }

    /// <summary>The same for sum and sum of squares.</summary>
    public void UpdateSquares(double entering, double leaving)
    {
        _squares.AddSquare(entering, away: false);
        _squares.AddSquare(leaving, away: true);
        _freshSquares.AddSquare(entering, away: false);
        Update(entering, leaving);
    }

    private void Renew()
    {
        _sum = _freshSum;
        _squares = _freshSquares;
        _freshSum = default;
        _freshSquares = default;
        _fresh = 0;
    }
}
