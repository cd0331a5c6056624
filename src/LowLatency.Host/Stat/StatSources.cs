using LowLatency.Core.Counters;

namespace LowLatency.Host.Stat;

/// <summary>What <c>stat</c> looks at: files that were named, or all of a folder, which come and go.</summary>
internal sealed class StatSources : IDisposable
{
    private readonly string? _folder;
    private readonly Dictionary<string, CountersSource> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SourceSample> _before = new(StringComparer.Ordinal);

    private readonly Func<IEnumerable<string>> _drivers;

    private StatSources(string? folder, Func<IEnumerable<string>> drivers) => (_folder, _drivers) = (folder, drivers);

    /// <summary>All counters files of a folder, and of Aeron drivers.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="drivers">Finds the drivers' files.</param>
    public static StatSources OfFolder(string folder, Func<IEnumerable<string>> drivers) => new(folder, drivers);

    /// <summary>The files named.</summary>
    /// <exception cref="IOException">One is missing, or the system refuses it.</exception>
    /// <exception cref="UnauthorizedAccessException">One may not be read.</exception>
    /// <exception cref="InvalidDataException">One has no counters.</exception>
    public static StatSources OfFiles(IEnumerable<string> paths)
    {
        var sources = new StatSources(null, () => []);
        foreach (string path in paths)
        {
            if (!sources._open.ContainsKey(path)) sources._open.Add(path, CountersSource.Open(path));
        }

        return sources;
    }

    /// <summary>Samples every source.</summary>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    /// <param name="errors">Whether the errors are wanted, instead of the counters.</param>
    /// <param name="unreadable">Receives what was wrong with files of the folder that could not be opened.</param>
    public IReadOnlyList<SourceSample> Sample(long nowMs, bool errors, ICollection<string> unreadable)
    {
        if (_folder is not null) Look(_folder, unreadable);
        var samples = new List<SourceSample>();
        foreach ((string path, CountersSource source) in _open.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            var sample = new SourceSample(source, nowMs, _before.GetValueOrDefault(path), errors, named: _folder is null);
            samples.Add(sample);
            _before[path] = sample;
        }

        return samples;
    }

    public void Dispose()
    {
        foreach (CountersSource source in _open.Values) source.Dispose();
    }

    // An engine that ended has deleted its file: its last state is still in memory, and shown until the end.
    private void Look(string folder, ICollection<string> unreadable)
    {
        foreach (CountersSource found in CountersFolder.OpenAll(folder, unreadable).Concat(OpenDrivers(unreadable)))
        {
            // The same path can be another file by now: of another start, with the same process id.
            if (_open.TryGetValue(found.Path, out CountersSource? known) && known.StartMs == found.StartMs)
            {
                found.Dispose();
                continue;
            }

            known?.Dispose();
            _open[found.Path] = found;
            _before.Remove(found.Path);
        }
    }

    private List<CountersSource> OpenDrivers(ICollection<string> unreadable)
    {
        var sources = new List<CountersSource>();
        foreach (string path in _drivers())
        {
            try
            {
                sources.Add(CountersSource.Open(path));
            }
            catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                // It has just ended, or is just being made.
                if (File.Exists(path)) unreadable.Add(thrown.Message);
            }
        }

        return sources;
    }
}
