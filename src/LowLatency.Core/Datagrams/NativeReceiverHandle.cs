using System.Net.Sockets;
using LowLatency.Core.Native;
using Microsoft.Win32.SafeHandles;

namespace LowLatency.Core.Datagrams;

/// <summary>Holds the library's receiver, and what it points to: the socket's descriptor, which must not be given to another file, and the pinned batch.</summary>
internal sealed class NativeReceiverHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    private readonly SafeSocketHandle _socket;
    private readonly DatagramBatch _batch;

    public NativeReceiverHandle(nint receiver, SafeSocketHandle socket, DatagramBatch batch)
        : base(ownsHandle: true)
    {
        _socket = socket;
        _batch = batch;
        bool added = false;
        socket.DangerousAddRef(ref added);
        SetHandle(receiver);
    }

    protected override bool ReleaseHandle()
    {
        NativeApi.UdpClose(handle);
        _socket.DangerousRelease();
        GC.KeepAlive(_batch);
        return true;
    }
}
