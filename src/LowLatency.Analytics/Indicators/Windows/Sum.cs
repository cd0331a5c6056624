namespace LowLatency.Analytics.Indicators.Windows;

/// <summary>The sum.</summary>
internal readonly struct Sum : IFold
{
    public static double Fold(double older, double newer) => older + newer;
}
