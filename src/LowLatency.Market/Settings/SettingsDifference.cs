using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Market.Settings;

/// <summary>A setting that has another value in other settings.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Before">What it was, as configuration writes it; null for a setting that a class of instruments had as all have it.</param>
/// <param name="After">What it is.</param>
public sealed record SettingsDifference(string Path, string? Before, string? After)
{
    /// <summary>Finds what is different between settings of the same kind.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    /// <param name="path">Their path; empty: none.</param>
    public static IReadOnlyList<SettingsDifference> Between<T>(T before, T after, string path = "")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var found = new List<SettingsDifference>();
        CompareGroups(before, after, path, found);
        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Path} from {Before ?? "that of all"} to {After ?? "that of all"}";

    private static void CompareGroups(object before, object after, string path, List<SettingsDifference> found)
    {
        foreach (PropertyInfo property in before.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is { } key) Compare(property.GetValue(before), property.GetValue(after), path.Length == 0 ? key.Name : $"{path}.{key.Name}", found);
        }
    }

    private static void Compare(object? before, object? after, string path, List<SettingsDifference> found)
    {
        if (before is null || after is null)
        {
            if (before != after) found.Add(new SettingsDifference(path, before is null ? null : TextOf(before), after is null ? null : TextOf(after)));
        }
        else if (before is SettingsOverrides one && after is SettingsOverrides other)
        {
            foreach (string name in one.Values.Keys.Union(other.Values.Keys, StringComparer.OrdinalIgnoreCase))
            {
                if (one[name] != other[name]) found.Add(new SettingsDifference($"{path}.{name}", one[name], other[name]));
            }
        }
        else if (before is Array left && after is Array right && SettingsBinder.IsGroup(before.GetType().GetElementType()!))
        {
            if (left.Length != right.Length) found.Add(new SettingsDifference(path, $"{left.Length} members", $"{right.Length} members"));
            for (int i = 0; i < Math.Min(left.Length, right.Length); i++) CompareGroups(left.GetValue(i)!, right.GetValue(i)!, $"{path}.{i}", found);
        }
        else if (SettingsBinder.IsGroup(before.GetType()))
        {
            CompareGroups(before, after, path, found);
        }
        else if (TextOf(before) is var was && TextOf(after) is var now && was != now)
        {
            found.Add(new SettingsDifference(path, was, now));
        }
    }

    private static string TextOf(object value) => value switch
    {
        Array array => string.Join(';', array.Cast<object>().Select(TextOf)),
        Enum name => SettingsBinder.SnakeCase(name.ToString()),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
