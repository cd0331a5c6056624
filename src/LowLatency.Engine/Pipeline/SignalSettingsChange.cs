using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;

namespace LowLatency.Engine.Pipeline;

/// <summary>Settings on their way to the pipeline's thread.</summary>
/// <param name="Intensity">Settings of the intensity.</param>
/// <param name="Reversals">Settings of the reversals.</param>
internal sealed record SignalSettingsChange(IntensitySettings Intensity, ReversalSettings Reversals);
