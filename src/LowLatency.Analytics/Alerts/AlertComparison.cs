namespace LowLatency.Analytics.Alerts;

/// <summary>A comparison of a rule, as it is written.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Operator">How the sides are compared.</param>
/// <param name="Right">Its right side.</param>
internal sealed record AlertComparison(AlertOperand Left, AlertOperator Operator, AlertOperand Right)
{
    /// <summary>Whether it holds for a moment only.</summary>
    public bool IsCrossing => Operator >= AlertOperator.CrossesAbove;
}
