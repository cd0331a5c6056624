using LowLatency.Market.Settings;

namespace LowLatency.Engine.Settings;

/// <summary>What came of a configuration that has changed while the engine ran.</summary>
/// <param name="Applied">Settings that count from the next batch on.</param>
/// <param name="NeedRestart">Settings that are different from those the engine runs with, and count when it is started again.</param>
/// <param name="Mistakes">What is wrong; then nothing has changed.</param>
internal sealed record SettingsReloadResult(IReadOnlyList<SettingsDifference> Applied, IReadOnlyList<SettingsDifference> NeedRestart, IReadOnlyCollection<string> Mistakes)
{
    /// <summary>Why the configuration does not count, so that nothing has changed: a file of it is gone, or has lost the group. Null: it counts.</summary>
    public string? Ignored { get; init; }
}
