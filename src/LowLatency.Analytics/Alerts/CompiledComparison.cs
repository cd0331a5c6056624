namespace LowLatency.Analytics.Alerts;

/// <summary>A comparison as the builder takes it.</summary>
internal struct CompiledComparison
{
    /// <summary>Place of a side's value among an instrument's values; -1 where the factor is the whole side.</summary>
    public int Left;
    public int Right;

    public AlertOperator Operator;

    public double LeftFactor;
    public double RightFactor;

    public static CompiledComparison Of(AlertComparison comparison, Func<AlertValue, int> slotOf) => new()
    {
        Left = comparison.Left.Value is { } left ? slotOf(left) : -1,
        LeftFactor = comparison.Left.Factor,
        Operator = comparison.Operator,
        Right = comparison.Right.Value is { } right ? slotOf(right) : -1,
        RightFactor = comparison.Right.Factor,
    };

    /// <summary>Whether it holds now.</summary>
    /// <param name="values">The instrument's values.</param>
    /// <param name="side">For crossings: on which side the left one was last, +1 above, -1 below, 0 not known yet; brought up to date.</param>
    public readonly bool Holds(ReadOnlySpan<double> values, ref sbyte side)
    {
        double left = Left < 0 ? LeftFactor : values[Left] * LeftFactor;
        double right = Right < 0 ? RightFactor : values[Right] * RightFactor;
        // What is not known yet, or no more, makes nothing true: neither != nor a crossing.
        if (double.IsNaN(left) || double.IsNaN(right)) return false;
        switch (Operator)
        {
            case AlertOperator.Above:
                return left > right;
            case AlertOperator.AtLeast:
                return left >= right;
            case AlertOperator.Below:
                return left < right;
            case AlertOperator.AtMost:
                return left <= right;
            case AlertOperator.Equal:
                return left == right;
            case AlertOperator.NotEqual:
                return left != right;
            default:
                return Crosses(left.CompareTo(right), ref side);
        }
    }

    // Equal values are no change of sides: whoever touches the other and turns back has not crossed.
    private readonly bool Crosses(int now, ref sbyte side)
    {
        if (now == 0 || now == side) return false;
        bool known = side != 0;
        side = (sbyte)now;
        return known && (Operator == AlertOperator.Crosses || (Operator == AlertOperator.CrossesAbove) == (now > 0));
    }
}
