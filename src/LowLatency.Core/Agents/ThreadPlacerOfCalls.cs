using LowLatency.Core.Native;

namespace LowLatency.Core.Agents;

/// <summary>The placer, compiled for one way to make the calls.</summary>
/// <typeparam name="TCalls">The way.</typeparam>
/// <param name="calls">The calls.</param>
internal sealed class ThreadPlacer<TCalls>(TCalls calls) : ThreadPlacer
    where TCalls : struct, IThreadCalls
{
    private const string SeeLimits = "see docs/native.md";

    public override IReadOnlyList<int> AllowedCpus()
    {
        int count = calls.GetAffinity([]);
        if (count <= 0) return [];
        var cpus = new int[count];
        return calls.GetAffinity(cpus) == count ? cpus : [];
    }

    public override IReadOnlyList<PlacementRefusal> Place(string thread, ThreadPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(placement);
        var refusals = new List<PlacementRefusal>();
        if (placement.Cpus.Count > 0) PlaceOnCpus(thread, placement, refusals);
        if (placement.FifoPriority > 0) MakeFifo(thread, placement.FifoPriority, refusals);
        else if (placement.Nice != 0) MakeNice(thread, placement.Nice, refusals);
        return refusals;
    }

    public override PlacementRefusal? LockMemory()
    {
        int result = calls.LockMemory();
        return result >= 0
            ? null
            : new PlacementRefusal("memory", "mlockall", Errno.NameOf(-result), $"give the process CAP_IPC_LOCK or an unlimited RLIMIT_MEMLOCK (ulimit -l), {SeeLimits}");
    }

    public override void UnlockMemory() => calls.UnlockMemory();

    private void PlaceOnCpus(string thread, ThreadPlacement placement, List<PlacementRefusal> refusals)
    {
        string call = $"sched_setaffinity to {Numbers(placement.Cpus)}";
        IReadOnlyList<int> before = AllowedCpus();
        int result = calls.SetAffinity(placement.CpuNumbers);
        if (result < 0)
        {
            string advice = result == -Errno.Invalid ? $"allowed here is {Numbers(before)}" : $"this system does not place threads, {SeeLimits}";
            refusals.Add(new PlacementRefusal(thread, call, Errno.NameOf(-result), advice));
            return;
        }

        // The system leaves out CPUs that do not exist or that a container may not use, and says nothing.
        IReadOnlyList<int> after = AllowedCpus();
        if (!after.SequenceEqual(placement.Cpus))
            refusals.Add(new PlacementRefusal(thread, call, $"the system took {Numbers(after)}", $"allowed here was {Numbers(before)}"));
    }

    private void MakeFifo(string thread, int priority, List<PlacementRefusal> refusals)
    {
        int result = calls.SetFifo(priority);
        string call = $"sched_setscheduler to SCHED_FIFO {priority}";
        int got = result < 0 ? 0 : calls.GetFifo();
        if (result < 0) refusals.Add(new PlacementRefusal(thread, call, Errno.NameOf(-result), Privilege(result, "RLIMIT_RTPRIO (ulimit -r)")));
        else if (got != priority) refusals.Add(new PlacementRefusal(thread, call, $"the system gave {got}", SeeLimits));
    }

    private void MakeNice(string thread, int nice, List<PlacementRefusal> refusals)
    {
        int result = calls.SetNice(nice);
        string call = $"setpriority to nice {nice}";
        if (result < 0) refusals.Add(new PlacementRefusal(thread, call, Errno.NameOf(-result), Privilege(result, "RLIMIT_NICE (ulimit -e)")));
        else if (calls.GetNice(out int got) >= 0 && got != nice) refusals.Add(new PlacementRefusal(thread, call, $"the system gave {got}", SeeLimits));
    }

    private static string Privilege(int result, string limit) => result is -Errno.NotPermitted or -Errno.AccessDenied
        ? $"give the process CAP_SYS_NICE or a higher {limit}, {SeeLimits}"
        : $"this system does not do that, {SeeLimits}";

    private static string Numbers(IReadOnlyList<int> cpus) => cpus.Count switch
    {
        0 => "no CPU",
        1 => $"CPU {cpus[0]}",
        _ => $"CPUs {CpuList.Format(cpus)}",
    };
}
