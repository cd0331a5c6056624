namespace LowLatency.Core.Datagrams;

/// <summary>One datagram of a batch; valid until the next receive.</summary>
public readonly ref struct Datagram
{
    internal Datagram(ReadOnlySpan<byte> bytes, in DatagramHeader header)
    {
        Bytes = bytes;
        ReceiveNs = header.ReceiveNs;
        IsTruncated = (header.Flags & DatagramHeader.TruncatedFlag) != 0;
        HasKernelTime = (header.Flags & DatagramHeader.KernelTimeFlag) != 0;
    }

    /// <summary>Its bytes; of one that is truncated, as many as a slot holds.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>When it came, nanoseconds since 1970-01-01T00:00:00Z by the system's clock: when the kernel took it, or else when it was read.</summary>
    public long ReceiveNs { get; }

    /// <summary>Whether it was longer than a slot: the rest is lost.</summary>
    public bool IsTruncated { get; }

    /// <summary>Whether <see cref="ReceiveNs"/> is the kernel's: without the time the datagram waited in the socket.</summary>
    public bool HasKernelTime { get; }
}
