using LowLatency.Aeron.Logs;

namespace LowLatency.Aeron.Client;

/// <summary>The logs that a client has mapped: one mapping a log, whatever number of its publications and images use it. The conductor's lock guards it.</summary>
internal sealed class MappedLogs
{
    private readonly Dictionary<long, Entry> _logs = [];

    /// <summary>How many are mapped.</summary>
    public int Count => _logs.Count;

    /// <summary>Maps a log, or counts one more user of it.</summary>
    public LogBuffers Take(long registrationId, string path)
    {
        if (!_logs.TryGetValue(registrationId, out Entry? entry))
        {
            entry = new Entry(LogBuffers.Map(path));
            _logs.Add(registrationId, entry);
        }

        entry.Users++;
        return entry.Log;
    }

    /// <summary>A user is done with it; the last one closes it.</summary>
    public void Release(long registrationId)
    {
        if (!_logs.TryGetValue(registrationId, out Entry? entry) || --entry.Users > 0) return;
        _logs.Remove(registrationId);
        entry.Log.Close();
    }

    private sealed class Entry(LogBuffers log)
    {
        public readonly LogBuffers Log = log;
        public int Users;
    }
}
