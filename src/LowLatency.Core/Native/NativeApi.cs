using System.Runtime.InteropServices;

namespace LowLatency.Core.Native;

/// <summary>The functions of liblowlatency, as native/include/lowlatency.h declares them. Only called when <see cref="NativeLoader"/> has loaded it.</summary>
internal static unsafe partial class NativeApi
{
    /// <summary>What NativeLoader's resolver knows the library by.</summary>
    public const string Library = "lowlatency";

    /// <summary>LL_ABI_VERSION of the header that the declarations below follow.</summary>
    public const int AbiVersion = 1;

    /// <summary>LL_UDP_MAX_BATCH.</summary>
    public const int MaxDatagrams = 256;

    // Safe without a transition: some twenty nanoseconds, no system call, no way back into managed code.
    [LibraryImport(Library, EntryPoint = "ll_counter_read")]
    [SuppressGCTransition]
    public static partial ulong CounterRead();

    [LibraryImport(Library, EntryPoint = "ll_counter_invariant")]
    public static partial int CounterInvariant();

    [LibraryImport(Library, EntryPoint = "ll_counter_frequency")]
    public static partial long CounterFrequency();

    [LibraryImport(Library, EntryPoint = "ll_affinity_set")]
    public static partial int AffinitySet(ReadOnlySpan<int> cpus, int count);

    [LibraryImport(Library, EntryPoint = "ll_affinity_get")]
    public static partial int AffinityGet(Span<int> cpus, int capacity);

    [LibraryImport(Library, EntryPoint = "ll_fifo_set")]
    public static partial int FifoSet(int priority);

    [LibraryImport(Library, EntryPoint = "ll_fifo_get")]
    public static partial int FifoGet();

    [LibraryImport(Library, EntryPoint = "ll_nice_set")]
    public static partial int NiceSet(int nice);

    [LibraryImport(Library, EntryPoint = "ll_nice_get")]
    public static partial int NiceGet(out int nice);

    [LibraryImport(Library, EntryPoint = "ll_memory_lock")]
    public static partial int MemoryLock(int on);

    [LibraryImport(Library, EntryPoint = "ll_udp_open")]
    public static partial int UdpOpen(int socket, byte* block, int slots, int slotBytes, out nint receiver);

    [LibraryImport(Library, EntryPoint = "ll_udp_receive")]
    public static partial int UdpReceive(nint receiver, Datagrams.DatagramHeader* headers, out uint dropped);

    [LibraryImport(Library, EntryPoint = "ll_udp_close")]
    public static partial void UdpClose(nint receiver);
}
