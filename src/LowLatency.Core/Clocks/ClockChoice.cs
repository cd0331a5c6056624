using System.Globalization;
using System.Runtime.InteropServices;
using LowLatency.Core.Native;

namespace LowLatency.Core.Clocks;

/// <summary>A clock, and why it is this one.</summary>
public sealed class ClockChoice
{
    private const string KernelClocks = "/sys/devices/system/clocksource/clocksource0/available_clocksource";

    private ClockChoice(IClock clock, string reason)
    {
        Clock = clock;
        Reason = reason;
    }

    /// <summary>The clock.</summary>
    public IClock Clock { get; }

    /// <summary>Why it is this one, for people.</summary>
    public string Reason { get; }

    /// <summary>Why the time stamp counter cannot be used; null when it can.</summary>
    /// <param name="native">Whether there is a library to read it with.</param>
    public static string? ProblemOfTsc(NativeFactory native)
    {
        ArgumentNullException.ThrowIfNull(native);
        if (!native.IsNative) return $"the time stamp counter is read by the native library ({native.Reason})";
        if (NativeApi.CounterInvariant() != 1) return "the processor's time stamp counter is not invariant";
        return RuntimeInformation.ProcessArchitecture == Architecture.X64 && !KernelTrustsTsc(KernelClocks)
            ? $"the kernel does not trust the processors' time stamp counters to agree ({KernelClocks} does not name tsc)"
            : null;
    }

    internal static ClockChoice Make(ClockKind kind, NativeFactory native)
    {
        if (kind == ClockKind.System) return new ClockChoice(SystemClock.Instance, "system clock: it is asked for");
        string? problem = ProblemOfTsc(native);
        if (problem is null)
        {
            try
            {
                var clock = new TscClock<NativeTickCounter>(default, SystemClock.Instance);
                long nominal = NativeApi.CounterFrequency();
                string told = nominal > 0 ? string.Create(CultureInfo.InvariantCulture, $", {nominal / 1e6:F3} MHz by the processor's word") : "";
                return new ClockChoice(clock, string.Create(CultureInfo.InvariantCulture, $"time stamp counter: invariant, {clock.Status.FrequencyHz / 1e6:F3} MHz measured{told}"));
            }
            catch (InvalidOperationException thrown)
            {
                problem = thrown.Message;
            }
        }

        if (kind == ClockKind.Tsc) throw new InvalidOperationException($"The time stamp counter is asked for and cannot be used: {problem}.");
        return new ClockChoice(SystemClock.Instance, $"system clock: {problem}");
    }

    /// <summary>Linux takes the counter off this list when it has caught two processors' counters apart. Where there is no list, the processor's word must do.</summary>
    internal static bool KernelTrustsTsc(string list) => !File.Exists(list) || File.ReadAllText(list).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Contains("tsc");
}
