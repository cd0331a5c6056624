using System.Diagnostics;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>Aeron's own driver and samples, where the variable AERON_SAMPLES names the folder that they are in.</summary>
internal static class OfficialPrograms
{
    public const string Variable = "AERON_SAMPLES";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Why some of them cannot be run; null when they can.</summary>
    public static string? Missing(params ReadOnlySpan<string> names)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder) return $"{Variable} names no folder with Aeron's official driver and samples.";
        foreach (string name in names)
        {
            if (!File.Exists(Path.Combine(folder, name))) return $"{name} is not in the folder that {Variable} names, '{folder}'.";
        }

        return null;
    }

    /// <summary>Where one is.</summary>
    public static string PathOf(string name) => Path.Combine(Environment.GetEnvironmentVariable(Variable)!, name);

    /// <summary>Looks again and again for something that other threads or processes bring about.</summary>
    /// <exception cref="LabException">It does not come.</exception>
    public static T Await<T>(Func<T?> look, string what)
        where T : class
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (look() is { } found) return found;
            if (Stopwatch.GetElapsedTime(start) > Patience) throw new LabException($"Waited {Patience.TotalSeconds:0} s for {what} in vain.");
            Thread.Sleep(1);
        }
    }
}
