using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using LowLatency.Core.Native;

namespace LowLatency.Core.Datagrams;

/// <summary>recvmmsg through liblowlatency: one system call a batch, the kernel's own time stamps and drop count.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "It is disposable; the rule does not look at the interfaces of structs.")]
internal unsafe struct NativeDatagramReader : IDatagramReader
{
    private readonly NativeReceiverHandle _handle;
    private readonly nint _receiver;
    private readonly DatagramHeader* _headers;
    private uint _lastDropped;
    private long _dropped;

    public NativeDatagramReader(Socket socket, DatagramBatch batch)
    {
        int result = NativeApi.UdpOpen((int)socket.SafeHandle.DangerousGetHandle(), batch.BlockPointer(), batch.Slots, batch.SlotBytes, out _receiver);
        if (result < 0) throw new IOException($"The socket cannot be used for batches of datagrams: {Errno.NameOf(-result)}; it must be an open UDP socket.");
        _handle = new NativeReceiverHandle(_receiver, socket.SafeHandle, batch);
        _headers = batch.HeaderPointer();
    }

    public int Receive(DatagramBatch batch, out SocketError error)
    {
        // Safe: the receiver writes at most the batch's slots and headers; the handle keeps it, the socket and the pinned memory until it is disposed.
        int count = NativeApi.UdpReceive(_receiver, _headers, out uint dropped);
        // The kernel's count has 32 bits and goes round.
        _dropped += dropped - _lastDropped;
        _lastDropped = dropped;
        GC.KeepAlive(_handle);
        error = count >= 0 ? SocketError.Success : ErrorOf(-count);
        return Math.Max(count, 0);
    }

    public readonly long Dropped() => _dropped;

    public readonly void Dispose() => _handle.Dispose();

    private static SocketError ErrorOf(int errno) => errno switch
    {
        9 or 88 => SocketError.NotSocket,
        Errno.OutOfMemory or 105 => SocketError.NoBufferSpaceAvailable,
        100 => SocketError.NetworkDown,
        101 => SocketError.NetworkUnreachable,
        111 => SocketError.ConnectionRefused,
        113 => SocketError.HostUnreachable,
        _ => SocketError.SocketError,
    };
}
