using System.Net.Sockets;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Datagrams;

namespace LowLatency.Core.Native;

/// <summary>
/// The one place that decides, at start, between the native library and its managed twins, and knows why. What it makes behaves the same either
/// way, as far as the system lets it.
/// </summary>
public sealed class NativeFactory
{
    internal NativeFactory(bool isNative, string reason)
    {
        IsNative = isNative;
        Reason = reason;
    }

    /// <summary>Whether the native library is used.</summary>
    public bool IsNative { get; }

    /// <summary>Why it is used or not, for people.</summary>
    public string Reason { get; }

    /// <summary>Why the native library cannot be used by this process; null when it can.</summary>
    public static string? Problem => NativeLoader.Problem;

    /// <summary>Decides.</summary>
    /// <param name="mode">What the settings ask for.</param>
    /// <exception cref="InvalidOperationException">The library is asked for and cannot be used; the message says why.</exception>
    public static NativeFactory Choose(NativeMode mode) => Choose(mode, NativeLoader.Problem, NativeLoader.Path);

    internal static NativeFactory Choose(NativeMode mode, string? problem, string path) => mode switch
    {
        NativeMode.Off => new NativeFactory(false, "managed twins: the native library is switched off"),
        NativeMode.Auto or NativeMode.On when problem is null => new NativeFactory(true, $"native library {path}, ABI version {NativeApi.AbiVersion}"),
        NativeMode.Auto => new NativeFactory(false, $"managed twins: {problem}"),
        NativeMode.On => throw new InvalidOperationException($"The native library is asked for and cannot be used: {problem}."),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode."),
    };

    /// <summary>For placing threads.</summary>
    public ThreadPlacer CreateThreadPlacer() => IsNative
        ? new ThreadPlacer<NativeThreadCalls>(default)
        : OperatingSystem.IsLinux() ? new ThreadPlacer<LibcThreadCalls>(default) : new ThreadPlacer<UnsupportedThreadCalls>(default);

    /// <summary>Makes the clock that the settings ask for. A calibrated one needs its owner: <see cref="ICalibratedClock"/>.</summary>
    /// <param name="kind">Which.</param>
    /// <exception cref="InvalidOperationException">The time stamp counter is asked for and cannot be used; the message says why.</exception>
    public ClockChoice CreateClock(ClockKind kind) => ClockChoice.Make(kind, this);

    /// <summary>Makes a receiver of UDP datagrams.</summary>
    /// <param name="socket">A bound UDP socket. It stays the caller's, who must not close it before the receiver; the managed twin makes it non-blocking.</param>
    /// <param name="slots">Most datagrams of one receive, 1 to 256.</param>
    /// <param name="slotBytes">Most bytes of a datagram, 1 to 65,536; longer ones are truncated, and say so.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slots"/> or <paramref name="slotBytes"/> is outside its range.</exception>
    /// <exception cref="IOException">The system refused an option of the socket.</exception>
    public DatagramReceiver CreateDatagramReceiver(Socket socket, int slots, int slotBytes)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var batch = new DatagramBatch(slots, slotBytes);
        return IsNative
            ? new DatagramReceiver<NativeDatagramReader>(new NativeDatagramReader(socket, batch), batch)
            : new DatagramReceiver<SocketDatagramReader>(new SocketDatagramReader(socket), batch);
    }
}
