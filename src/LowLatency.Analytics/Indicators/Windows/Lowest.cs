namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>The smallest; the values are finite.</summary>
internal readonly struct Lowest : IFold
{
    public static double Fold(double older, double newer) => double.MinNative(older, newer);
}
