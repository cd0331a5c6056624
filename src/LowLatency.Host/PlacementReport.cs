using System.Globalization;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Native;
using LowLatency.Engine.Settings;

namespace LowLatency.Host;

/// <summary>Native library, clock and placement of threads: what the settings choose, and what this machine grants of it.</summary>
internal static class PlacementReport
{
    /// <summary>Tries everything, and tells what came of it.</summary>
    public static IEnumerable<(string What, string How)> Lines(EngineSettings settings)
    {
        NativeFactory native = NativeFactory.Choose(settings.Native);
        yield return ("native", native.Reason);
        ClockChoice choice = native.CreateClock(settings.Clock);
        yield return ("clock", choice.Reason);
        ThreadPlacer placer = native.CreateThreadPlacer();
        IReadOnlyList<int> cpus = placer.AllowedCpus();
        yield return ("cpus", cpus.Count == 0 ? "the system does not tell" : $"{CpuList.Format(cpus)} for this process");
        yield return ("placement", Describe(settings.Placement));
        foreach (PlacementRefusal refusal in Try(placer, settings.Placement)) yield return ("", refusal.ToString());
    }

    /// <summary>What the settings ask for, in a line.</summary>
    public static string Describe(PlacementSettings settings)
    {
        var parts = new List<string>();
        if (settings.PipelineCpus.Length > 0) parts.Add($"pipeline on CPU {CpuList.Format(settings.Pipeline.Cpus)}");
        if (settings.FeedCpus.Length > 0) parts.Add($"feeds on CPU {CpuList.Format(settings.Feed.Cpus)}");
        if (settings.FifoPriority > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"SCHED_FIFO {settings.FifoPriority}"));
        if (settings.Nice != 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"nice {settings.Nice}"));
        if (settings.LockMemory) parts.Add("memory locked");
        return parts.Count == 0 ? "left to the system" : string.Join(", ", parts);
    }

    // On threads that end with it, as the engine's would be placed.
    private static List<PlacementRefusal> Try(ThreadPlacer placer, PlacementSettings settings)
    {
        var refusals = new List<PlacementRefusal>();
        foreach ((string name, ThreadPlacement placement) in ((string, ThreadPlacement)[])[("pipeline", settings.Pipeline), ("feed", settings.Feed)])
        {
            var thread = new Thread(() => refusals.AddRange(placer.Place(name, placement)));
            thread.Start();
            thread.Join();
        }

        if (!settings.LockMemory) return refusals;
        if (placer.LockMemory() is { } refusal) refusals.Add(refusal);
        else placer.UnlockMemory();
        return refusals;
    }
}
