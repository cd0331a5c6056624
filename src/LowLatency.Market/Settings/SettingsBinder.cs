using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Market.Settings;

/// <summary>
/// Reads settings from configuration, strictly: a name that is not known, a value that cannot be read and one that is out of range are each
/// reported with their path and what is allowed, all of them at once. The framework's binder stops at the first and knows no ranges.
/// </summary>
/// <remarks>
/// A settings class has public properties with a default, named in configuration by <see cref="ConfigurationKeyNameAttribute"/>, with an optional
/// <see cref="RangeAttribute"/>. Types: bool, int, long, double, string, enums (written in snake_case), any of the values as nullable, lists of those, and settings classes.
/// A list may be given as one text with semicolons, or as an array; what is given replaces the default, and a text replaces an array: files have
/// arrays, and the environment and the command line, which come later, have texts. A text in the place of a settings class is its property with
/// <see cref="TextSettingAttribute"/>, where it has one.
/// </remarks>
public static class SettingsBinder
{
    /// <summary>Reads one settings class.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="section">Where its values are.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    /// <returns>The settings; where there was a mistake, the default.</returns>
    public static T Bind<T>(IConfigurationSection section, ICollection<string> mistakes)
        where T : class, new()
    {
        var settings = new T();
        Fill(settings, section, [], mistakes);
        return settings;
    }

    /// <summary>Reads one settings class from a section in which other parts have keys too.</summary>
    /// <typeparam name="T">The class.</typeparam>
    /// <param name="section">Where its values are.</param>
    /// <param name="others">Names in that section that belong to others.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    public static T Bind<T>(IConfigurationSection section, IReadOnlyCollection<string> others, ICollection<string> mistakes)
        where T : class, new()
    {
        var settings = new T();
        Fill(settings, section, others, mistakes);
        return settings;
    }

    /// <summary>Sets one value of a settings class, or of one within it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="name">The setting's name within them, with dots between groups: <c>v3.low</c>.</param>
    /// <param name="text">The value as configuration writes it.</param>
    /// <param name="path">The settings' own path, for the messages.</param>
    /// <param name="mistakes">Receives a line when there is no such setting, or the value is not allowed; then nothing is set.</param>
    /// <returns>Whether it is set.</returns>
    public static bool TrySet(object settings, string name, string text, string path, ICollection<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mistakes);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string first = dot < 0 ? name : name[..dot];
        string full = $"{path}.{first}";
        Dictionary<string, PropertyInfo> known = KnownOf(settings.GetType());
        if (!known.TryGetValue(first, out PropertyInfo? property)) mistakes.Add(Unknown(full, first, known.Keys));
        else if (IsGroup(property.PropertyType) && dot >= 0) return TrySet(property.GetValue(settings)!, name[(dot + 1)..], text, full, mistakes);
        else if (IsGroup(property.PropertyType)) mistakes.Add(NotAValue(full, property.PropertyType, text));
        else if (dot >= 0) mistakes.Add($"{full}: is one value, not a group");
        else if (Parse(property.PropertyType, text, full, mistakes) is { } value && InRange(property, value, full, text, mistakes)) return Set(property, settings, value);
        return false;
    }

    /// <summary>Checks that all values of a settings class, and of those within it, are in their range: of settings that did not come from configuration.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">Their path, for the messages.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    public static void Check(object settings, string path, ICollection<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(mistakes);
        foreach (PropertyInfo property in settings.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<ConfigurationKeyNameAttribute>() is not { } key) continue;
            object? value = property.GetValue(settings);
            string name = $"{path}.{key.Name}";
            if (value is double number && !double.IsFinite(number)) mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {number} is no number"));
            else if (property.GetCustomAttribute<RangeAttribute>() is { } range && !range.IsValid(value))
                mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {value} is out of range; allowed is {range.Minimum} to {range.Maximum}"));
            else if (property.PropertyType is { IsClass: true, IsArray: false } && value is not (null or string)) Check(value, name, mistakes);
        }
    }

    /// <summary>How a name of the code is written in settings: BackOff is back_off.</summary>
    /// <param name="name">A name in PascalCase.</param>
    public static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static void Fill(object settings, IConfigurationSection section, IReadOnlyCollection<string> others, ICollection<string> mistakes)
    {
        Dictionary<string, PropertyInfo> known = KnownOf(settings.GetType());
        if (section.Value is { Length: > 0 } text) mistakes.Add(NotAValue(PathOf(section), settings.GetType(), text));
        foreach (IConfigurationSection child in section.GetChildren())
        {
            if (known.TryGetValue(child.Key, out PropertyInfo? property)) Set(settings, property, child, mistakes);
            else if (!others.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) mistakes.Add(Unknown(PathOf(child), child.Key, [.. known.Keys, .. others]));
        }
    }

    private static Dictionary<string, PropertyInfo> KnownOf(Type group) => group.GetProperties()
        .Where(p => p.GetCustomAttribute<ConfigurationKeyNameAttribute>() is not null)
        .ToDictionary(p => p.GetCustomAttribute<ConfigurationKeyNameAttribute>()!.Name, StringComparer.OrdinalIgnoreCase);

    internal static string NotAValue(string path, Type group, string text) => $"{path}: is a group of settings ({string.Join(", ", KnownOf(group).Keys)}), not the value '{text}'";

    private static bool Set(PropertyInfo property, object settings, object value)
    {
        property.SetValue(settings, value);
        return true;
    }

    internal static bool IsGroup(Type type) => type.IsClass && type != typeof(string) && !type.IsArray;

    private static string Unknown(string path, string name, IReadOnlyCollection<string> known)
    {
        string? nearest = NearestName.Find(name, known);
        string hint = nearest is null ? $"known here: {string.Join(", ", known)}" : $"did you mean {nearest}?";
        return $"{path}: there is no such setting; {hint}";
    }

    private static void Set(object settings, PropertyInfo property, IConfigurationSection child, ICollection<string> mistakes)
    {
        Type type = property.PropertyType;
        if (type.IsArray)
        {
            if (ReadArray(type.GetElementType()!, child, mistakes) is { } array) property.SetValue(settings, array);
        }
        else if (property.GetValue(settings) is SettingsOverrides overrides)
        {
            overrides.Read(child, PathOf(child), mistakes);
        }
        else if (IsGroup(type))
        {
            Fill(property.GetValue(settings)!, child, [], mistakes);
        }
        else if (ReadScalar(type, child, mistakes) is { } value && InRange(property, value, PathOf(child), child.Value!, mistakes))
        {
            property.SetValue(settings, value);
        }
    }

    private static bool InRange(PropertyInfo property, object value, string path, string text, ICollection<string> mistakes)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is not { } range || range.IsValid(value)) return true;
        mistakes.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {text} is out of range; allowed is {range.Minimum} to {range.Maximum}"));
        return false;
    }

    private static Array? ReadArray(Type element, IConfigurationSection section, ICollection<string> mistakes)
    {
        var values = new List<object>();
        if (section.Value is { Length: > 0 } given && IsGroup(element) && TextSettingOf(element) is null)
        {
            mistakes.Add($"{PathOf(section)}: is a list of groups of settings ({string.Join(", ", KnownOf(element).Keys)}), not the value '{given}'; write {PathOf(section)}.0.{KnownOf(element).Keys.First()} and so on");
            return null;
        }

        if (section.Value is { } text)
        {
            foreach (string item in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (ReadText(element, item, section, mistakes) is not { } value) return null;
                values.Add(value);
            }
        }

        foreach (IConfigurationSection child in section.Value is null ? section.GetChildren() : [])
        {
            object? value;
            if (child.Value is { } written && TextSettingOf(element) is not null && !child.GetChildren().Any())
            {
                value = ReadText(element, written, child, mistakes);
            }
            else if (IsGroup(element))
            {
                value = Activator.CreateInstance(element)!;
                Fill(value, child, [], mistakes);
            }
            else
            {
                value = ReadScalar(element, child, mistakes);
            }

            if (value is null) return null;
            values.Add(value);
        }

        Array array = Array.CreateInstance(element, values.Count);
        for (int i = 0; i < values.Count; i++) array.SetValue(values[i], i);
        return array;
    }

    // A text alone where a group of settings could be: the setting that is meant then.
    private static PropertyInfo? TextSettingOf(Type element) => element.GetProperties().FirstOrDefault(p => p.IsDefined(typeof(TextSettingAttribute)));

    private static object? ReadText(Type element, string text, IConfigurationSection section, ICollection<string> mistakes)
    {
        if (TextSettingOf(element) is not { } meant) return Parse(element, text, PathOf(section), mistakes);
        object group = Activator.CreateInstance(element)!;
        meant.SetValue(group, text);
        return group;
    }

    private static object? ReadScalar(Type type, IConfigurationSection section, ICollection<string> mistakes)
    {
        if (section.Value is { } text) return Parse(type, text, PathOf(section), mistakes);
        mistakes.Add($"{PathOf(section)}: is one value, not a group");
        return null;
    }

    private static object? Parse(Type type, string text, string path, ICollection<string> mistakes)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        type = Nullable.GetUnderlyingType(type) ?? type;
        object? value = null;
        string allowed = "a text";
        if (type == typeof(string))
        {
            value = text;
        }
        else if (type == typeof(bool))
        {
            allowed = "true or false";
            if (bool.TryParse(text, out bool flag)) value = flag;
        }
        else if (type == typeof(int))
        {
            allowed = "a whole number";
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out int number)) value = number;
        }
        else if (type == typeof(long))
        {
            allowed = "a whole number";
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out long number)) value = number;
        }
        else if (type == typeof(double))
        {
            allowed = "a number";
            if (double.TryParse(text, NumberStyles.Float, culture, out double number) && double.IsFinite(number)) value = number;
        }
        else if (type.IsEnum)
        {
            allowed = string.Join(", ", Enum.GetNames(type).Select(SnakeCase));
            string? name = Enum.GetNames(type).FirstOrDefault(n => SnakeCase(n).Equals(text, StringComparison.OrdinalIgnoreCase));
            if (name is not null) value = Enum.Parse(type, name);
        }
        else
        {
            throw new InvalidOperationException($"{type} is not a type that settings can have.");
        }

        if (value is null) mistakes.Add($"{path}: '{text}' is not allowed; allowed is {allowed}");
        return value;
    }

    private static string PathOf(IConfigurationSection section)
    {
        string path = section.Path.Replace(':', '.');
        const string Root = "LowLatency.";
        return path.StartsWith(Root, StringComparison.OrdinalIgnoreCase) ? path[Root.Length..] : path;
    }
}
