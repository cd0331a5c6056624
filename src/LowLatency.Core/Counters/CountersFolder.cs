using System.Globalization;
using LowLatency.Core.Clocks;

namespace LowLatency.Core.Counters;

/// <summary>The folder in which the processes of one user have their counters files: how they are named, found and cleared away.</summary>
public static class CountersFolder
{
    /// <summary>How the files' names end.</summary>
    public const string Extension = ".counters";

    private const int MostNames = 1000;

    // A process that was halted for some seconds in another name space looks dead from here.
    private const long CertainlyDeadMs = 60_000;

    /// <summary>The folder when nothing else is said: in memory (<c>/dev/shm</c>) where there is such a place, else the folder of temporary files.</summary>
    public static string Default
    {
        get
        {
            const string Memory = "/dev/shm";
            string parent = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
            return Path.Combine(parent, $"lowlatency-{Environment.UserName}");
        }
    }

    /// <summary>Makes a counters file named by role and process id; a second one of the same process gets a number. Makes the folder if need be.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="role">What the process is: letters, digits and '-', at most 44.</param>
    /// <param name="capacity">How many counters there can be at once, at least 1.</param>
    /// <param name="errorLogBytes">Room of the error log in bytes, at least 4096.</param>
    /// <param name="clock">The time.</param>
    /// <exception cref="ArgumentException">The role cannot be part of a file's name.</exception>
    /// <exception cref="IOException">The disk is full, or the system refuses for another reason.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static CountersFile CreateFile(string folder, string role, int capacity, int errorLogBytes, IClock clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!IsRole(role)) throw new ArgumentException($"'{role}' is no role: letters, digits and '-', 1 to {CountersFileLayout.MaxRoleLength} of them.", nameof(role));
        Directory.CreateDirectory(folder);
        for (int number = 1; ; number++)
        {
            string suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{role}-{Environment.ProcessId}{suffix}{Extension}"));
            try
            {
                return CountersFile.Create(path, role, capacity, errorLogBytes, clock);
            }
            catch (IOException) when (number < MostNames && File.Exists(path))
            {
                // Another engine of this process, or what a dead process of the same number left.
            }
        }
    }

    /// <summary>Whether a text can be a role.</summary>
    /// <param name="role">The text.</param>
    public static bool IsRole(string? role) =>
        role is { Length: > 0 and <= CountersFileLayout.MaxRoleLength } && role.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    /// <summary>Opens every counters file of a folder; a file that is no such file, or is still being made, is told.</summary>
    /// <param name="folder">The folder; one that there is not is empty.</param>
    /// <param name="unreadable">Receives what was wrong with files that could not be opened.</param>
    /// <returns>The sources, by path; the caller disposes them.</returns>
    public static IReadOnlyList<CountersSource> OpenAll(string folder, ICollection<string> unreadable)
    {
        ArgumentNullException.ThrowIfNull(unreadable);
        var sources = new List<CountersSource>();
        if (!Directory.Exists(folder)) return sources;
        foreach (string path in Directory.EnumerateFiles(folder, $"*{Extension}").Order(StringComparer.Ordinal))
        {
            try
            {
                sources.Add(CountersSource.Open(path));
            }
            catch (FileNotFoundException)
            {
                // Its process has just ended.
            }
            catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                unreadable.Add(thrown.Message);
            }
        }

        return sources;
    }

    /// <summary>Deletes files whose process has ended, or died a minute ago or longer; the newest apart: someone may want to read why.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="keep">How many are kept.</param>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    /// <returns>How many were deleted.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be deleted.</exception>
    public static int RemoveEnded(string folder, int keep, long nowMs)
    {
        IReadOnlyList<CountersSource> sources = OpenAll(folder, []);
        string[] ended = [.. sources.Where(s => HasEnded(s, nowMs)).OrderByDescending(s => s.StartMs).Skip(keep).Select(s => s.Path)];
        foreach (CountersSource source in sources) source.Dispose();
        foreach (string path in ended) File.Delete(path);
        return ended.Length;
    }

    private static bool HasEnded(CountersSource source, long nowMs) => source.StateAt(nowMs) switch
    {
        ProcessState.Stopped => true,
        ProcessState.Dead => nowMs - source.HeartbeatMs >= CertainlyDeadMs,
        _ => false,
    };
}
