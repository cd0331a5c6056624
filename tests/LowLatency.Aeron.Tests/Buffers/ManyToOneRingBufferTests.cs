using System.Buffers.Binary;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Aeron.Buffers;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Tests.Buffers;

public sealed class ManyToOneRingBufferTests
{
    private const int Capacity = 1024;

    private readonly MemoryView _memory = MemoryView.Allocate(Capacity + 768);
    private readonly ManyToOneRingBuffer _ring;
    private readonly Taken _taken = new();

    public ManyToOneRingBufferTests() => _ring = new ManyToOneRingBuffer(_memory);

    [Fact]
    public void Should_Lay_Out_Records()
    {
        Assert.True(_ring.TryWrite(7, [1, 2, 3]));
        Assert.Equal([11, 0, 0, 0, 7, 0, 0, 0, 1, 2, 3, 0], _memory.Bytes(0, 12).ToArray());
        Assert.Equal((16L, 0L, 0L), (_memory.GetInt64(Capacity + 128), _memory.GetInt64(Capacity + 256), _memory.GetInt64(Capacity + 384)));
        Assert.Equal(1, _ring.Read(_taken, 10));
        Assert.Equal((16L, 16L), (_memory.GetInt64(Capacity + 384), _ring.HeadPosition));
        Assert.False(_memory.Bytes(0, Capacity).ContainsAnyExcept((byte)0));
        _ring.ConsumerHeartbeatMs = 5;
        Assert.Equal((0L, 1L, 5L, 2L), (_ring.NextCorrelationId(), _ring.NextCorrelationId(), _memory.GetInt64(Capacity + 640), _memory.GetInt64(Capacity + 512)));
    }

    [Fact]
    public void Should_Refuse_What_Cannot_Be()
    {
        Assert.Throws<ArgumentException>(() => new ManyToOneRingBuffer(MemoryView.Allocate(1000 + 768)));
        Assert.Throws<ArgumentException>(() => new ManyToOneRingBuffer(MemoryView.Allocate(700)));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.TryWrite(0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.TryWrite(1, new byte[129]));
        Assert.True(_ring.TryWrite(1, new byte[128]));
        Assert.Equal(0, new ManyToOneRingBuffer(MemoryView.Allocate(8 + 768)).MaxMessageLength);
    }

    [Fact]
    public void Should_Be_Full_Until_It_Is_Read()
    {
        for (int i = 0; i < 64; i++) Assert.True(_ring.TryWrite(1, [1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.False(_ring.TryWrite(1, []));
        Assert.Equal(3, _ring.Read(_taken, 3));
        Assert.True(_ring.TryWrite(1, new byte[40]));
        Assert.False(_ring.TryWrite(1, []));
    }

    [Fact]
    public void Should_Give_Back_What_Was_Read_When_The_Handler_Throws()
    {
        Assert.True(_ring.TryWrite(1, [1]));
        Assert.True(_ring.TryWrite(2, [2]));
        Assert.Throws<InvalidDataException>(() => _ring.Read(new Thrower(), 10));
        Assert.Equal(1, _ring.Read(_taken, 10));
        Assert.Equal([2], _taken.Types);
    }

    [Fact]
    public void Should_Give_Up_A_Record_That_Cannot_Be()
    {
        Assert.True(_ring.TryWrite(1, [1]));
        _memory.PutInt32(0, 5000);
        Assert.Throws<InvalidDataException>(() => _ring.Read(_taken, 10));
        Assert.Equal(Capacity, _ring.HeadPosition);
        Assert.False(_memory.Bytes(0, Capacity).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void Should_Skip_What_Was_Aborted()
    {
        int index = _ring.TryClaim(3, 10);
        Assert.Equal(10, _ring.Claimed(index).Length);
        Assert.True(_ring.TryWrite(4, []));
        Assert.Equal(0, _ring.Read(_taken, 10));
        _ring.Abort(index);
        Assert.Equal(1, _ring.Read(_taken, 10));
        Assert.Equal([4], _taken.Types);
    }

    [Fact]
    public void Should_Unblock_A_Claim_That_Was_Not_Committed()
    {
        Assert.False(_ring.Unblock());
        _ring.TryClaim(3, 10);
        Assert.True(_ring.TryWrite(4, []));
        Assert.Equal(0, _ring.Read(_taken, 10));
        Assert.True(_ring.Unblock());
        Assert.Equal(1, _ring.Read(_taken, 10));
        Assert.False(_ring.Unblock());
    }

    [Fact]
    public void Should_Unblock_A_Claim_That_Was_Not_Even_Begun()
    {
        // A producer moved the tail, and died before its first store.
        _memory.PutInt64(Capacity + 128, 48);
        Assert.False(_ring.Unblock());
        Assert.True(_ring.TryWrite(4, []));
        Assert.Equal(0, _ring.Read(_taken, 10));
        Assert.True(_ring.Unblock());
        Assert.Equal([48, 0, 0, 0, 255, 255, 255, 255], _memory.Bytes(0, 8).ToArray());
        Assert.Equal(1, _ring.Read(_taken, 10));
        Assert.Equal((56L, 56L), (_ring.HeadPosition, _ring.TailPosition));
    }

    [Fact]
    public void Should_Unblock_At_The_End_Of_The_Buffer()
    {
        for (int i = 0; i < 63; i++) Assert.True(_ring.TryWrite(1, new byte[8]));
        while (_ring.Read(_taken, 100) > 0)
        {
        }

        _taken.Types.Clear();
        // 16 bytes to the end: the padding was not written.
        _memory.PutInt64(Capacity + 128, 63 * 16 + 16 + 32);
        _memory.PutInt32(0, 32);
        _memory.PutInt32(4, 9);
        Assert.Equal(0, _ring.Read(_taken, 10));
        // The scan ends at the buffer's end without finding a record: nothing can be said.
        Assert.False(_ring.Unblock());
        _memory.PutInt32(63 * 16, -16);
        Assert.True(_ring.Unblock());
        _ring.Read(_taken, 10);
        Assert.Equal(1, _ring.Read(_taken, 10));
        Assert.Equal([9], _taken.Types);
    }

    [Fact]
    public void Should_Behave_As_A_Queue() =>
        Prop.ForAll<int[]>(script =>
        {
            var ring = new ManyToOneRingBuffer(MemoryView.Allocate(256 + 768));
            var model = new Queue<(int Type, byte[] Body)>();
            int next = 0;
            foreach (int step in script.Concat(script).Concat(script))
            {
                if (step % 3 != 0)
                {
                    byte[] body = [.. Enumerable.Repeat((byte)next, Math.Abs(step % 33))];
                    int used = model.Sum(m => 8 + ((m.Body.Length + 7) & ~7));
                    bool isWritten = ring.TryWrite(1 + next, body);
                    if (isWritten) model.Enqueue((1 + next, body));
                    // It may be full earlier than by the sum: a record is not split over the end.
                    else Assert.True(used + 8 + ((body.Length + 7) & ~7) + 40 > 256);
                    next = (next + 1) % 100;
                }
                else
                {
                    var taken = new Taken();
                    int read = ring.Read(taken, 1 + Math.Abs(step % 5));
                    for (int i = 0; i < read; i++)
                    {
                        (int type, byte[] body) = model.Dequeue();
                        Assert.Equal(type, taken.Types[i]);
                        Assert.Equal(body, taken.Bodies[i]);
                    }
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Should_Keep_Every_Producers_Order()
    {
        const int Producers = 3;
        const int Messages = 20_000;
        var ring = new ManyToOneRingBuffer(MemoryView.Allocate(4096 + 768));
        var sequence = new InSequence(Producers);
        Thread[] threads = [.. Enumerable.Range(0, Producers).Select(producer => new Thread(() =>
        {
            Span<byte> body = stackalloc byte[40];
            for (int i = 0; i < Messages; i++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(body, i);
                var patience = default(Patience);
                while (!ring.TryWrite(1 + producer, body[..(4 + (i % 36))]))
                {
                    patience.Look();
                    Thread.Yield();
                }
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        var patience = default(Patience);
        while (sequence.Count < Producers * Messages)
        {
            patience.Look();
            if (ring.Read(sequence, 100) == 0) Thread.Yield();
        }

        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(0, sequence.Mistakes);
        Assert.Equal(ring.TailPosition, ring.HeadPosition);
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

    private sealed class Thrower : IMessageHandler
    {
        public void OnMessage(int typeId, ReadOnlySpan<byte> body) => throw new InvalidDataException();
    }

    private sealed class InSequence(int producers) : IMessageHandler
    {
        private readonly int[] _next = new int[producers];

        public int Count { get; private set; }

        public int Mistakes { get; private set; }

        public void OnMessage(int typeId, ReadOnlySpan<byte> body)
        {
            int number = BinaryPrimitives.ReadInt32LittleEndian(body);
            if (_next[typeId - 1]++ != number || body.Length != 4 + (number % 36)) Mistakes++;
            Count++;
        }
    }
}
