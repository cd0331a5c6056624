using System.Numerics;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;

namespace LowLatency.Aeron.Driver;

/// <summary>The settings of an embedded driver.</summary>
public sealed class MediaDriverContext
{
    /// <summary>The folder where driver and clients meet; on any file system, best one of memory.</summary>
    public string Directory { get; init; } = AeronDirectory.Default;

    /// <summary>
    /// Whether what another driver left in the folder is deleted at the start, also when that driver may still live. Else a living one makes the
    /// start fail, and only what a dead one left is deleted.
    /// </summary>
    public bool DeletesDirectoryOnStart { get; init; }

    /// <summary>Whether the driver's files are deleted when it stops in order. Logs always are.</summary>
    public bool DeletesDirectoryOnShutdown { get; init; } = true;

    /// <summary>Whether the application runs <see cref="MediaDriver.Conductor"/> on a thread of its own; else the driver has its own thread.</summary>
    public bool UsesInvoker { get; init; }

    /// <summary>How the driver's own thread waits.</summary>
    public IdleStrategyKind IdleStrategy { get; init; } = IdleStrategyKind.BackOff;

    /// <summary>The longest park of the driver's own thread, in milliseconds, at least 1: how late an idle driver may see a command.</summary>
    public int ParkMs { get; init; } = 1;

    /// <summary>Where and how the driver's own thread runs.</summary>
    public ThreadPlacement Placement { get; init; } = ThreadPlacement.Anywhere;

    /// <summary>Who places the thread; needed when <see cref="Placement"/> asks for something.</summary>
    public ThreadPlacer? Placer { get; init; }

    /// <summary>
    /// Bytes of a term where a channel names no term-length: a power of two from 64 KiB to 1 GiB. A log takes three, and takes the memory when it is
    /// written first.
    /// </summary>
    public int IpcTermLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most bytes of a frame where a channel names no mtu: a multiple of 32, over 32 and at most 65504.</summary>
    public int IpcMtuLength { get; init; } = 1408;

    /// <summary>How far publishers may run ahead of the slowest subscriber, in bytes; 0 for half a term, which is also the most.</summary>
    public int IpcPublicationWindowLength { get; init; }

    /// <summary>Whether logs take memory only where they are written, unless a channel says.</summary>
    public bool IsTermBufferSparse { get; init; } = true;

    /// <summary>Pages that files are made of, in bytes: a power of two from 4096 to 1 GiB.</summary>
    public int FilePageSize { get; init; } = 4096;

    /// <summary>Bytes for commands to the driver, without the trailer: a power of two, at least 64 KiB.</summary>
    public int ToDriverBufferLength { get; init; } = 1024 * 1024;

    /// <summary>Bytes for events to the clients, without the trailer: a power of two, at least 64 KiB.</summary>
    public int ToClientsBufferLength { get; init; } = 1024 * 1024;

    /// <summary>Bytes for the counters' values, 128 each: a multiple of 4096, from 64 KiB to 256 MiB. Their metadata takes four times that.</summary>
    public int CounterValuesBufferLength { get; init; } = 1024 * 1024;

    /// <summary>Bytes for distinct errors: a multiple of 4096.</summary>
    public int ErrorBufferLength { get; init; } = 1024 * 1024;

    /// <summary>How often liveness and timeouts are looked at, in milliseconds, at least 1.</summary>
    public int TimerIntervalMs { get; init; } = 1000;

    /// <summary>How long another driver in the folder may be silent before it counts as dead, in milliseconds, at least 1.</summary>
    public int DriverTimeoutMs { get; init; } = 10_000;

    /// <summary>How long a client may be silent before it is given up, in milliseconds; more than <see cref="TimerIntervalMs"/>.</summary>
    public int ClientLivenessTimeoutMs { get; init; } = 10_000;

    /// <summary>How long subscribers wait at a claim that nobody commits before it is made padding, in milliseconds; more than <see cref="ClientLivenessTimeoutMs"/>.</summary>
    public int PublicationUnblockTimeoutMs { get; init; } = 15_000;

    /// <summary>How long a freed counter is not used again, in milliseconds, at least 0.</summary>
    public int CounterReuseDelayMs { get; init; } = 1000;

    /// <summary>
    /// How long a subscription with tether=false may hold up its publisher before it loses its image, in milliseconds, at least 1: as one that
    /// is behind the fastest, or that stands still while the publisher is far ahead. A publication's channel may say otherwise (untethered-window-limit-timeout).
    /// </summary>
    public int UntetheredWindowLimitTimeoutMs { get; init; } = 5000;

    /// <summary>
    /// How long after that its position still counts, so that it can leave, in milliseconds, at least 1 (untethered-linger-timeout).
    /// </summary>
    public int UntetheredLingerTimeoutMs { get; init; } = 5000;

    /// <summary>How long it then rests before it gets its image again, in milliseconds, at least 1 (untethered-resting-timeout).</summary>
    public int UntetheredRestingTimeoutMs { get; init; } = 10_000;

    /// <summary>How long a stream whose image was rejected has no subscribers, in milliseconds, at least 1.</summary>
    public int ImageLivenessTimeoutMs { get; init; } = 10_000;

    /// <summary>Least session id that is never drawn.</summary>
    public int ReservedSessionIdLow { get; init; } = -1;

    /// <summary>Greatest session id that is never drawn.</summary>
    public int ReservedSessionIdHigh { get; init; } = 1000;

    /// <summary>
    /// Whether a client's command to terminate the driver is accepted; it is given the command's token, on the driver's thread. Null, and
    /// false, deny it, and nothing is answered in any case.
    /// </summary>
    public TerminationValidator? TerminationValidator { get; init; }

    /// <summary>Is told, on the driver's thread, that the driver has ended by a client's command; it is still to be disposed, but not by this.</summary>
    public Action? OnTerminated { get; init; }

    /// <summary>The time.</summary>
    public IClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Is told of errors beside the driver's error log; null for nobody.</summary>
    public IErrorHandler? ErrorHandler { get; init; }

    /// <summary>Bytes that the folder's file system has left: a test says how many.</summary>
    internal Func<string, long> UsableSpace { get; init; } = static directory => new DriveInfo(directory).AvailableFreeSpace;

    /// <summary>What the wait for another driver does between two looks: a test moves its clock.</summary>
    internal Action Wait { get; init; } = static () => Thread.Sleep(1);

    /// <summary>Whether there is a process: a test says.</summary>
    internal Func<long, bool> ProcessExists { get; init; } = static process =>
    {
        if (System.IO.Directory.Exists("/proc/self")) return System.IO.Directory.Exists($"/proc/{process}");
        try
        {
            System.Diagnostics.Process.GetProcessById((int)process).Dispose();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    };

    internal CncLayout CncLayout => new(
        ToDriverBufferLength + RingBufferLayout.TrailerLength,
        ToClientsBufferLength + BroadcastLayout.TrailerLength,
        4 * CounterValuesBufferLength,
        CounterValuesBufferLength,
        ErrorBufferLength);

    /// <summary>Looks whether the settings are possible.</summary>
    /// <exception cref="ArgumentException">One is not; the message names it and what is allowed.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Directory);
        Check(LogBufferDescriptor.IsTermLength(IpcTermLength), nameof(IpcTermLength), IpcTermLength, "a power of two from 65536 to 1073741824");
        Check(LogBufferDescriptor.IsMtu(IpcMtuLength), nameof(IpcMtuLength), IpcMtuLength, "a multiple of 32, over 32 and at most 65504");
        Check(IpcPublicationWindowLength >= 0, nameof(IpcPublicationWindowLength), IpcPublicationWindowLength, "0 or more");
        Check(LogBufferDescriptor.IsPageSize(FilePageSize), nameof(FilePageSize), FilePageSize, "a power of two from 4096 to 1073741824");
        Check(IsBuffer(ToDriverBufferLength), nameof(ToDriverBufferLength), ToDriverBufferLength, "a power of two from 65536 to 268435456");
        Check(IsBuffer(ToClientsBufferLength), nameof(ToClientsBufferLength), ToClientsBufferLength, "a power of two from 65536 to 268435456");
        Check(
            CounterValuesBufferLength is >= 64 * 1024 and <= 256 * 1024 * 1024 && CounterValuesBufferLength % 4096 == 0,
            nameof(CounterValuesBufferLength), CounterValuesBufferLength, "a multiple of 4096 from 65536 to 268435456");
        Check(
            ErrorBufferLength is >= 4096 and <= 256 * 1024 * 1024 && ErrorBufferLength % 4096 == 0,
            nameof(ErrorBufferLength), ErrorBufferLength, "a multiple of 4096 from 4096 to 268435456");
        Check(TimerIntervalMs >= 1, nameof(TimerIntervalMs), TimerIntervalMs, "1 or more");
        Check(DriverTimeoutMs >= 1, nameof(DriverTimeoutMs), DriverTimeoutMs, "1 or more");
        Check(ClientLivenessTimeoutMs > TimerIntervalMs, nameof(ClientLivenessTimeoutMs), ClientLivenessTimeoutMs, $"more than {nameof(TimerIntervalMs)} ({TimerIntervalMs})");
        Check(
            PublicationUnblockTimeoutMs > ClientLivenessTimeoutMs, nameof(PublicationUnblockTimeoutMs), PublicationUnblockTimeoutMs,
            $"more than {nameof(ClientLivenessTimeoutMs)} ({ClientLivenessTimeoutMs})");
        Check(CounterReuseDelayMs >= 0, nameof(CounterReuseDelayMs), CounterReuseDelayMs, "0 or more");
        Check(UntetheredWindowLimitTimeoutMs >= 1, nameof(UntetheredWindowLimitTimeoutMs), UntetheredWindowLimitTimeoutMs, "1 or more");
        Check(UntetheredLingerTimeoutMs >= 1, nameof(UntetheredLingerTimeoutMs), UntetheredLingerTimeoutMs, "1 or more");
        Check(UntetheredRestingTimeoutMs >= 1, nameof(UntetheredRestingTimeoutMs), UntetheredRestingTimeoutMs, "1 or more");
        Check(ImageLivenessTimeoutMs >= 1, nameof(ImageLivenessTimeoutMs), ImageLivenessTimeoutMs, "1 or more");
        Check(ReservedSessionIdLow <= ReservedSessionIdHigh, nameof(ReservedSessionIdLow), ReservedSessionIdLow, $"not more than {nameof(ReservedSessionIdHigh)} ({ReservedSessionIdHigh})");
        Check(ParkMs >= 1, nameof(ParkMs), ParkMs, "1 or more");
    }

    private static bool IsBuffer(int length) => length is >= 64 * 1024 and <= 256 * 1024 * 1024 && BitOperations.IsPow2(length);

    private static void Check(bool isAllowed, string name, long value, string allowed)
    {
        if (!isAllowed) throw new ArgumentException($"MediaDriverContext.{name} is {value}, and must be {allowed}.");
    }
}
