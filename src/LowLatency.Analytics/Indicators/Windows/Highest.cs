namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>The largest; the values are finite.</summary>
internal readonly struct Highest : IFold
{
    public static double Fold(double older, double newer) => double.MaxNative(older, newer);
}
