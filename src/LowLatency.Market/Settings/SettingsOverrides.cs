using Microsoft.Extensions.Configuration;

namespace LowLatency.Market.Settings;

/// <summary>
/// Single settings of a group that are different for some: what is not among them is as in the group, also when that changes. Values are kept as configuration
/// writes them, by their name within the group: <c>window</c>, <c>v3.low</c>.
/// </summary>
public abstract class SettingsOverrides
{
    private readonly SortedDictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private protected SettingsOverrides()
    {
    }

    /// <summary>Names and values.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>One value; null: as in the group.</summary>
    /// <param name="name">The setting's name within the group.</param>
    public string? this[string name]
    {
        get => _values.GetValueOrDefault(name);
        set
        {
            if (value is null) _values.Remove(name);
            else _values[name] = value;
        }
    }

    /// <summary>Finds names that the group does not have, and values that are not allowed.</summary>
    /// <param name="path">Their path, for the messages.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    public void Check(string path, ICollection<string> mistakes)
    {
        object group = NewGroup();
        foreach ((string name, string value) in _values) SettingsBinder.TrySet(group, name, value, path, mistakes);
    }

    internal void Read(IConfigurationSection section, string path, ICollection<string> mistakes)
    {
        object group = NewGroup();
        if (section.Value is { Length: > 0 } text) mistakes.Add(SettingsBinder.NotAValue(path, group.GetType(), text));
        foreach (IConfigurationSection child in section.GetChildren()) Read(child, child.Key, path, group, mistakes);
    }

    private protected abstract object NewGroup();

    private void Read(IConfigurationSection section, string name, string path, object group, ICollection<string> mistakes)
    {
        // What is wrong is told once, and left out: what is checked later is how the rest goes together.
        if (section.Value is { } text && SettingsBinder.TrySet(group, name, text, path, mistakes)) _values[name] = text;
        foreach (IConfigurationSection child in section.GetChildren()) Read(child, $"{name}.{child.Key}", path, group, mistakes);
    }
}
