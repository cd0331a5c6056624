using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report.Document;

namespace LowLatency.Benchmarks.Report;

/// <summary>Asks the system what there is to know about a measurement's place.</summary>
public static class MachineProbe
{
    private const string Unknown = "unknown";

    private static readonly string[] KernelParameters =
        ["isolcpus", "nohz_full", "rcu_nocbs", "mitigations", "idle", "processor.max_cstate", "intel_idle.max_cstate", "intel_pstate", "amd_pstate", "nosmt", "preempt", "transparent_hugepage"];

    /// <summary>Asks.</summary>
    public static MachineEntry Probe() => new()
    {
        CpuModel = CpuInfo("model name") ?? CpuInfo("CPU part") ?? Unknown,
        Cores = Placement.Current.Cores,
        MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Architecture = RuntimeInformation.ProcessArchitecture.ToString(),
        System = RuntimeInformation.OSDescription,
        Kernel = Text("/proc/sys/kernel/osrelease") ?? Environment.OSVersion.VersionString,
        KernelTuning = Tuning(),
        Governor = Text("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") ?? Unknown,
        TransparentHugePages = Chosen(Text("/sys/kernel/mm/transparent_hugepage/enabled")),
        Hypervisor = Hypervisor(),
        Runtime = RuntimeInformation.FrameworkDescription,
        GarbageCollector = $"{(GCSettings.IsServerGC ? "server" : "workstation")}, {(GCSettings.LatencyMode == GCLatencyMode.Batch ? "not concurrent" : "concurrent")}",
        TieredCompilation = $"tiered {OnOff("System.Runtime.TieredCompilation", "DOTNET_TieredCompilation")}, PGO {OnOff("System.Runtime.TieredPGO", "DOTNET_TieredPGO")}",
        Java = "none",
        Commit = typeof(MachineProbe).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+').ElementAtOrDefault(1) ?? Unknown,
        LoadAverage = string.Join(' ', (Text("/proc/loadavg") ?? Unknown).Split(' ').Take(3)),
    };

    /// <summary>Whether others wanted more than a fifth of the processors in the minute before.</summary>
    /// <param name="machine">The machine.</param>
    public static bool IsBusy(MachineEntry machine) =>
        double.TryParse(machine.LoadAverage.Split(' ')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double load) && load > 0.2 * machine.Cores;

    /// <summary>Those of the kernel's parameters that change latencies; the others are nobody's business.</summary>
    private static string Tuning()
    {
        string[] found = [.. (Text("/proc/cmdline") ?? "").Split(' ').Where(word => KernelParameters.Contains(word.Split('=')[0]))];
        return found.Length == 0 ? "none" : string.Join(' ', found);
    }

    private static string Hypervisor()
    {
        if (CpuInfo("flags")?.Split(' ').Contains("hypervisor") == false) return "none";
        string[] names = [.. new[] { Text("/sys/hypervisor/type"), Text("/sys/class/dmi/id/sys_vendor"), Text("/sys/class/dmi/id/product_name") }.OfType<string>()];
        return names.Length != 0 ? string.Join(' ', names) : CpuInfo("flags") is null ? Unknown : "yes, it does not say which";
    }

    /// <summary>The word in brackets.</summary>
    private static string Chosen(string? text)
    {
        int from = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        return text is null || from < 0 ? Unknown : text[(from + 1)..text.IndexOf(']', StringComparison.Ordinal)];
    }

    private static string OnOff(string setting, string variable)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value) return value == "0" ? "off" : "on";
        return AppContext.TryGetSwitch(setting, out bool on) && !on ? "off" : "on";
    }

    private static string? CpuInfo(string key) =>
        Lines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2).ElementAtOrDefault(1)?.Trim();

    private static string? Text(string path) => Lines(path).FirstOrDefault()?.Trim() is { Length: > 0 } text ? text : null;

    private static string[] Lines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : [];
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Not told is what "unknown" says.
            return [];
        }
    }
}
