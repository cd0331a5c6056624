using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Settings;

/// <summary>
/// Which sources of a configuration have a group of settings. One that has lost it while the application runs, a file that is deleted or whose group is misspelt,
/// must not be taken for somebody's wish to have the defaults.
/// </summary>
internal sealed class GroupSources
{
    private readonly IConfiguration _configuration;
    private readonly string _group;
    private readonly HashSet<IConfigurationProvider> _have = [];
    private bool _has;

    /// <summary>Looks who has it now.</summary>
    /// <param name="configuration">The configuration; where it is no root, its sources are not known apart.</param>
    /// <param name="group">The group's name.</param>
    public GroupSources(IConfiguration configuration, string group)
    {
        _configuration = configuration;
        _group = group;
        Remember();
    }

    /// <summary>Why the group cannot be read as it is now: a source that had it has it no more. Null: all have it that had it, and who has it by now is remembered.</summary>
    public string? Lost()
    {
        if (_configuration is IConfigurationRoot root)
        {
            foreach (IConfigurationProvider provider in root.Providers)
            {
                if (_have.Contains(provider) && !Has(provider)) return Reason(provider.ToString(), TopOf(provider));
            }
        }

        if (_has && !Exists()) return Reason("the configuration", [.. _configuration.GetChildren().Select(c => c.Key)]);
        Remember();
        return null;
    }

    private static string[] TopOf(IConfigurationProvider provider) => [.. provider.GetChildKeys([], null)];

    private bool Has(IConfigurationProvider provider) => TopOf(provider).Contains(_group, StringComparer.OrdinalIgnoreCase);

    // The key of a group without settings is there all the same: that asks for the defaults.
    private bool Exists() => _configuration.GetChildren().Any(c => c.Key.Equals(_group, StringComparison.OrdinalIgnoreCase));

    private void Remember()
    {
        _has = Exists();
        if (_configuration is IConfigurationRoot root) _have.UnionWith(root.Providers.Where(Has));
    }

    private string Reason(string? source, string[] top)
    {
        if (top.Length == 0) return $"{source} has nothing any more: its file is gone, empty or cannot be read; put it back with the group {_group}";
        string hint = NearestName.Find(_group, top) is { } nearest ? $"; it has {nearest}: write {_group}" : $"; put it back, also when it is to be empty: \"{_group}\": {{}}";
        return $"{source} has lost the group {_group}{hint}";
    }
}
