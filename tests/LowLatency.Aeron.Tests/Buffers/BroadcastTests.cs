using System.Buffers.Binary;
using LowLatency.Aeron.Buffers;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Tests.Buffers;

public sealed class BroadcastTests
{
    private const int Capacity = 1024;

    private readonly MemoryView _memory = MemoryView.Allocate(Capacity + 128);
    private readonly BroadcastTransmitter _transmitter;
    private readonly Taken _taken = new();

    public BroadcastTests() => _transmitter = new BroadcastTransmitter(_memory);

    [Fact]
    public void Should_Lay_Out_Records()
    {
        _transmitter.Transmit(7, [1, 2, 3]);
        Assert.Equal([11, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3, 0], _memory.Bytes(0, 12).ToArray());
        Assert.Equal((16L, 16L, 0L), (_memory.GetInt64(Capacity), _memory.GetInt64(Capacity + 8), _memory.GetInt64(Capacity + 16)));
        _transmitter.Transmit(8, []);
        Assert.Equal((24L, 24L, 16L), (_memory.GetInt64(Capacity), _memory.GetInt64(Capacity + 8), _memory.GetInt64(Capacity + 16)));
        Assert.Throws<ArgumentException>(() => _transmitter.Transmit(1, new byte[129]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _transmitter.Transmit(0, []));
    }

    [Fact]
    public void Should_Begin_With_The_Latest()
    {
        _transmitter.Transmit(1, [1]);
        _transmitter.Transmit(2, [2]);
        var receiver = new CopyBroadcastReceiver(_memory);
        Assert.Equal(BroadcastStatus.Received, receiver.Receive(_taken));
        Assert.Equal(BroadcastStatus.Nothing, receiver.Receive(_taken));
        Assert.Equal([2], _taken.Types);
    }

    [Fact]
    public void Should_Go_Round_The_End()
    {
        var receiver = new CopyBroadcastReceiver(_memory);
        for (int i = 0; i < 1000; i++)
        {
            _transmitter.Transmit(1 + i, [.. Enumerable.Repeat((byte)i, i % 100)]);
            Assert.Equal(BroadcastStatus.Received, receiver.Receive(_taken));
            Assert.Equal(BroadcastStatus.Nothing, receiver.Receive(_taken));
            Assert.Equal((1 + i, i % 100), (_taken.Types[^1], _taken.Bodies[^1].Length));
            Assert.All(_taken.Bodies[^1], b => Assert.Equal((byte)i, b));
        }
    }

    [Fact]
    public void Should_Notice_That_It_Was_Overtaken()
    {
        var receiver = new CopyBroadcastReceiver(_memory);
        for (int i = 0; i < 65; i++) _transmitter.Transmit(1 + i, new byte[8]);
        Assert.Equal(BroadcastStatus.Lapped, receiver.Receive(_taken));
        Assert.Empty(_taken.Types);
        Assert.Equal(BroadcastStatus.Received, receiver.Receive(_taken));
        Assert.Equal([65], _taken.Types);
    }

    [Fact]
    public void Should_Notice_That_It_Was_Overtaken_In_The_Midst_Of_A_Copy()
    {
        var receiver = new CopyBroadcastReceiver(_memory);
        _transmitter.Transmit(1, new byte[8]);
        Assert.Equal(
            BroadcastStatus.Lapped,
            receiver.Receive(_taken, () =>
            {
                for (int i = 0; i < 64; i++) _transmitter.Transmit(2, new byte[8]);
            }));
        Assert.Empty(_taken.Types);
    }

    [Fact]
    public void Should_Never_Hand_On_What_Is_Torn()
    {
        const int Messages = 200_000;
        var receiver = new CopyBroadcastReceiver(_memory);
        var checks = new Checks();
        int lapped = 0;
        var transmitting = new Thread(() =>
        {
            Span<byte> body = stackalloc byte[64];
            for (int i = 1; i <= Messages; i++)
            {
                for (int at = 0; at < 64; at += 4) BinaryPrimitives.WriteInt32LittleEndian(body[at..], i);
                _transmitter.Transmit(i, body);
                if (i % 16 == 0) Thread.Yield();
            }
        });
        transmitting.Start();
        var patience = default(Patience);
        while (checks.Last < Messages)
        {
            patience.Look();
            if (receiver.Receive(checks) == BroadcastStatus.Lapped) lapped++;
        }

        transmitting.Join();
        Assert.Equal(0, checks.Mistakes);
        Assert.True(checks.Count <= Messages && (checks.Count == Messages || lapped > 0));
    }

    private sealed class Taken : IMessageHandler
    {
        public List<int> Types { get; } = [];

        public List<byte[]> Bodies { get; } = [];

        public void OnMessage(int typeId, ReadOnlySpan<byte> body)
        {
            Types.Add(typeId);
            Bodies.Add(body.ToArray());
        }
    }

    private sealed class Checks : IMessageHandler
    {
        public int Last { get; private set; }

        public int Count { get; private set; }

        public int Mistakes { get; private set; }

        public void OnMessage(int typeId, ReadOnlySpan<byte> body)
        {
            bool isWhole = body.Length == 64 && typeId > Last;
            for (int at = 0; isWhole && at < 64; at += 4) isWhole = BinaryPrimitives.ReadInt32LittleEndian(body[at..]) == typeId;
            if (!isWhole) Mistakes++;
            Last = typeId;
            Count++;
        }
    }
}
