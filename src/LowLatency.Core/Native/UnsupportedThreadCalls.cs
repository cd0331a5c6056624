namespace LowLatency.Core.Native;

/// <summary>Systems on which threads are not placed: every call is refused, and so reported.</summary>
internal readonly struct UnsupportedThreadCalls : IThreadCalls
{
    public int SetAffinity(ReadOnlySpan<int> cpus) => -Errno.NotSupported;

    public int GetAffinity(Span<int> cpus) => -Errno.NotSupported;

    public int SetFifo(int priority) => -Errno.NotSupported;

    public int GetFifo() => -Errno.NotSupported;

    public int SetNice(int nice) => -Errno.NotSupported;

    public int GetNice(out int nice)
    {
        nice = 0;
        return -Errno.NotSupported;
    }

    public int LockMemory() => -Errno.NotSupported;

    public int UnlockMemory() => -Errno.NotSupported;
}
