namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>An associative operation over the values of a window.</summary>
internal interface IFold
{
    static abstract double Fold(double older, double newer);
}
