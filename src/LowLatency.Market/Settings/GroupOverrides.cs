namespace LowLatency.Market.Settings;

/// <summary>Single settings of a group that are different for some.</summary>
/// <typeparam name="T">The group.</typeparam>
public sealed class GroupOverrides<T> : SettingsOverrides
    where T : class, new()
{
    /// <summary>Puts them over a group's settings.</summary>
    /// <param name="settings">A copy of the group's settings.</param>
    /// <returns>The same object.</returns>
    /// <exception cref="SettingsException">The group has no such setting, or a value is not allowed.</exception>
    public T Over(T settings)
    {
        var mistakes = new List<string>();
        foreach ((string name, string value) in Values) SettingsBinder.TrySet(settings, name, value, typeof(T).Name, mistakes);
        return mistakes.Count == 0 ? settings : throw new SettingsException(mistakes);
    }

    /// <summary>A copy that later changes of these do not touch.</summary>
    public GroupOverrides<T> Copy()
    {
        var copy = new GroupOverrides<T>();
        foreach ((string name, string value) in Values) copy[name] = value;
        return copy;
    }

    private protected override object NewGroup() => new T();
}
