namespace LowLatency.Core.Native;

/// <summary>The calls through liblowlatency. To be had from <see cref="NativeFactory"/>, which knows whether it is there.</summary>
internal readonly struct NativeThreadCalls : IThreadCalls
{
    public int SetAffinity(ReadOnlySpan<int> cpus) => NativeApi.AffinitySet(cpus, cpus.Length);

    public int GetAffinity(Span<int> cpus) => NativeApi.AffinityGet(cpus, cpus.Length);

    public int SetFifo(int priority) => NativeApi.FifoSet(priority);

    public int GetFifo() => NativeApi.FifoGet();

    public int SetNice(int nice) => NativeApi.NiceSet(nice);

    public int GetNice(out int nice) => NativeApi.NiceGet(out nice);

    public int LockMemory() => NativeApi.MemoryLock(1);

    public int UnlockMemory() => NativeApi.MemoryLock(0);
}
