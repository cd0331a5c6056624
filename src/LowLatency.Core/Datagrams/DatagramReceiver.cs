using System.Net.Sockets;

namespace LowLatency.Core.Datagrams;

/// <summary>
/// Takes UDP datagrams in batches, with the time of their arrival, and tells how many the kernel had to drop. One thread uses it. To be had from
/// <see cref="Native.NativeFactory"/>.
/// </summary>
public abstract class DatagramReceiver : IDisposable
{
    private protected DatagramReceiver(DatagramBatch batch) => Batch = batch;

    /// <summary>What the last receive took.</summary>
    public DatagramBatch Batch { get; }

    /// <summary>Receives that failed: a datagram that was sent from this socket was refused by its receiver, the network is down.</summary>
    public long Errors { get; private protected set; }

    /// <summary>What the last of them failed with; <see cref="SocketError.Success"/> when none has.</summary>
    public SocketError LastError { get; private protected set; }

    /// <summary>
    /// How many datagrams the kernel has dropped since the socket was made, because its buffer was full; -1 when the system does not tell. With the
    /// native library as of the last datagram read, at no cost; else by a system call.
    /// </summary>
    public abstract long Dropped { get; }

    /// <summary>Fills <see cref="Batch"/> with what has arrived, without waiting.</summary>
    /// <returns>How many datagrams it holds now; 0 when none had arrived.</returns>
    public abstract int Receive();

    /// <summary>Lets go of what the receiver holds; the socket stays open.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Dispose(bool disposing);
}
