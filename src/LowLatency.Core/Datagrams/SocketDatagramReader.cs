using System.Net.Sockets;
using System.Runtime.InteropServices;
using LowLatency.Core.Clocks;

namespace LowLatency.Core.Datagrams;

/// <summary>The managed twin: a system call a datagram, time stamps taken when it is read, the kernel's drop count asked for on demand.</summary>
internal readonly struct SocketDatagramReader : IDatagramReader
{
    // SOL_SOCKET, SO_MEMINFO and SK_MEMINFO_DROPS of Linux: what the column "drops" of /proc/net/udp shows, without a search through all sockets.
    private const int SocketLevel = 1;
    private const int MemoryInformation = 55;
    private const int DropsIndex = 8;

    private readonly Socket _socket;

    public SocketDatagramReader(Socket socket)
    {
        _socket = socket;
        socket.Blocking = false;
    }

    public int Receive(DatagramBatch batch, out SocketError error)
    {
        int count = 0;
        while (count < batch.Slots)
        {
            // One byte more than a slot: a datagram that reaches it is too long.
            int length = _socket.Receive(batch.SlotAndOne(count), SocketFlags.None, out error);
            if (error is SocketError.WouldBlock or SocketError.Interrupted) break;
            bool truncated = length > batch.SlotBytes || error == SocketError.MessageSize;
            if (error != SocketError.Success && !truncated) return count;
            batch.Header(count) = new DatagramHeader
            {
                ReceiveNs = SystemClock.Instance.EpochNs(),
                Length = (uint)Math.Min(length, batch.SlotBytes),
                Flags = truncated ? DatagramHeader.TruncatedFlag : 0,
            };
            count++;
        }

        error = SocketError.Success;
        return count;
    }

    public long Dropped()
    {
        if (!OperatingSystem.IsLinux()) return -1;
        Span<uint> values = stackalloc uint[DropsIndex + 1];
        try
        {
            int bytes = _socket.GetRawSocketOption(SocketLevel, MemoryInformation, MemoryMarshal.AsBytes(values));
            return bytes < values.Length * sizeof(uint) ? -1 : values[DropsIndex];
        }
        catch (SocketException)
        {
            // A kernel before 4.12 does not tell.
            return -1;
        }
    }

    public void Dispose()
    {
    }
}
