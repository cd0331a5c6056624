using System.Net;
using System.Net.Sockets;
using System.Text;
using LowLatency.Core.Clocks;
using LowLatency.Core.Datagrams;
using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Datagrams;

/// <summary>What holds for receivers of datagrams, whoever reads them; over the loopback device, which delivers before a send returns.</summary>
public abstract class DatagramFixture : IDisposable
{
    private readonly NativeFactory _factory;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    private protected DatagramFixture(NativeFactory factory)
    {
        _factory = factory;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "loopback delivers at once on Linux");
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _sender.Connect(_socket.LocalEndPoint!);
    }

    public void Dispose()
    {
        _sender.Dispose();
        _socket.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Should_Take_What_Has_Arrived_In_Batches_And_In_Order()
    {
        using DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 4, 64);
        Assert.Equal(0, receiver.Receive());
        for (int i = 0; i < 10; i++) Send($"message {i}");
        var batches = new List<int>();
        var messages = new List<string>();
        for (int count = receiver.Receive(); count > 0; count = receiver.Receive())
        {
            Assert.Equal(count, receiver.Batch.Count);
            batches.Add(count);
            for (int i = 0; i < count; i++) messages.Add(Encoding.ASCII.GetString(receiver.Batch[i].Bytes));
        }

        Assert.Equal([4, 4, 2], batches);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"message {i}"), messages);
        Assert.Equal(0, receiver.Batch.Count);
        Assert.Equal((0, 0), (receiver.Errors, receiver.Dropped));
    }

    [Fact]
    public void Should_Say_That_A_Datagram_Was_Longer_Than_Its_Slot()
    {
        using DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 3, 8);
        foreach (string text in (string[])["12345678", "123456789", "1234567890123", ""]) Send(text);
        Assert.Equal(3, receiver.Receive());
        Check(receiver.Batch[0], "12345678", truncated: false);
        Check(receiver.Batch[1], "12345678", truncated: true);
        Check(receiver.Batch[2], "12345678", truncated: true);
        Assert.Equal(1, receiver.Receive());
        Check(receiver.Batch[0], "", truncated: false);
    }

    [Fact]
    public void Should_Tell_When_Each_Arrived()
    {
        using DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 16, 64);
        // A second of slack either way: the system's clock may step while we look.
        long before = SystemClock.Instance.EpochNs() - 1_000_000_000;
        for (int i = 0; i < 5; i++) Send("x");
        Assert.Equal(5, receiver.Receive());
        long last = before;
        for (int i = 0; i < 5; i++)
        {
            Assert.InRange(receiver.Batch[i].ReceiveNs, last, SystemClock.Instance.EpochNs() + 1_000_000_000);
            last = receiver.Batch[i].ReceiveNs;
            Assert.Equal(HasKernelTime, receiver.Batch[i].HasKernelTime);
        }
    }

    [Fact]
    public void Should_Count_What_The_Kernel_Dropped()
    {
        // The kernel makes it as small as it allows: a few datagrams.
        _socket.ReceiveBufferSize = 1;
        using DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 256, 1400);
        const int sent = 1000;
        string text = new('x', 1400);
        for (int i = 0; i < sent; i++) Send(text);
        int received = ReceiveAll(receiver);
        Assert.InRange(received, 1, sent - 1);
        // The count comes with the next datagram that is not dropped.
        Send("after");
        Assert.Equal(1, receiver.Receive());
        Assert.Equal(sent - received, receiver.Dropped);
    }

    [Fact]
    public void Should_Count_Errors_And_Go_On()
    {
        int port = ((IPEndPoint)_sender.LocalEndPoint!).Port;
        _socket.Connect(IPAddress.Loopback, port);
        using DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 4, 64);
        _sender.Dispose();
        // Nobody is there: the refusal comes back to the sender.
        _socket.Send([1]);
        Assert.Equal(0, receiver.Receive());
        Assert.Equal((1, SocketError.ConnectionRefused), (receiver.Errors, receiver.LastError));
        Assert.Equal(0, receiver.Receive());
        Assert.Equal(1, receiver.Errors);
    }

    [Fact]
    public void Should_Allocate_Nothing()
    {
        using DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 8, 64);
        byte[] message = new byte[40];
        long sum = 0;
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                _sender.Send(message, SocketFlags.None);
                sum += receiver.Receive() + receiver.Dropped + receiver.Batch[0].Bytes.Length;
                receiver.Receive();
            }
        }));
        Assert.True(sum > 0);
    }

    [Fact]
    public void Should_Refuse_Shapes_That_Cannot_Be()
    {
        Assert.Throws<ArgumentOutOfRangeException>("slots", () => _factory.CreateDatagramReceiver(_socket, 0, 64));
        Assert.Throws<ArgumentOutOfRangeException>("slots", () => _factory.CreateDatagramReceiver(_socket, 257, 64));
        Assert.Throws<ArgumentOutOfRangeException>("slotBytes", () => _factory.CreateDatagramReceiver(_socket, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("slotBytes", () => _factory.CreateDatagramReceiver(_socket, 1, 65_537));
    }

    [Fact]
    public void Should_Not_Be_Used_After_Its_End_And_Leave_The_Socket_Open()
    {
        DatagramReceiver receiver = _factory.CreateDatagramReceiver(_socket, 4, 64);
        Send("x");
        Assert.Equal(1, receiver.Receive());
        Assert.Throws<ArgumentOutOfRangeException>(() => receiver.Batch[1].Bytes.Length);
        receiver.Dispose();
        receiver.Dispose();
        Assert.Throws<ObjectDisposedException>(() => receiver.Receive());
        Assert.Throws<ArgumentOutOfRangeException>(() => receiver.Batch[0].Bytes.Length);
        Send("y");
        using DatagramReceiver second = _factory.CreateDatagramReceiver(_socket, 4, 64);
        Assert.Equal(1, second.Receive());
    }

    private protected abstract bool HasKernelTime { get; }

    private static void Check(Datagram datagram, string text, bool truncated)
    {
        Assert.Equal(text, Encoding.ASCII.GetString(datagram.Bytes));
        Assert.Equal(truncated, datagram.IsTruncated);
    }

    private static int ReceiveAll(DatagramReceiver receiver)
    {
        int received = 0;
        for (int count = receiver.Receive(); count > 0; count = receiver.Receive()) received += count;
        return received;
    }

    private void Send(string text) => _sender.Send(Encoding.ASCII.GetBytes(text));
}
