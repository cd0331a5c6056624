namespace LowLatency.Analytics.Indicators;

/// <summary>A parameter of an indicator.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Default">What it is when left out.</param>
/// <param name="Min">The smallest value allowed.</param>
/// <param name="Max">The largest value allowed.</param>
/// <param name="IsWhole">Whether it is a whole number.</param>
public sealed record IndicatorParameter(string Name, double Default, double Min, double Max, bool IsWhole)
{
    /// <summary>What is allowed, in words.</summary>
    public string Range => $"a {(IsWhole ? "whole number" : "number")} from {Min} to {Max}";

    /// <summary>Whether a value is allowed.</summary>
    /// <param name="value">The value.</param>
    public bool Allows(double value) => value >= Min && value <= Max && (!IsWhole || value == Math.Floor(value));
}
