using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Memory;
using LowLatency.Tests;

namespace LowLatency.Core.Tests.Memory;

public sealed class MemoryViewTests
{
    [Fact]
    public void Should_Take_What_Lies_Within_And_Nothing_Else() =>
        Prop.ForAll<int, int, int>((length, offset, size) =>
        {
            int bytes = 1 + Math.Abs(length % 64);
            MemoryView view = MemoryView.Allocate(bytes);
            long at = offset % 80;
            int count = size % 80;
            bool within = at >= 0 && count >= 0 && at + count <= bytes;
            Assert.Equal(within, Try(() => view.Bytes(at, count)));
            Assert.Equal(within, Try(() => view.Slice(at, count)));
            Assert.Equal(within, Try(() => view.PutBytes(at, new byte[Math.Max(0, count)])) && count >= 0);
            Assert.Equal(at >= 0 && at + 4 <= bytes, Try(() => view.PutInt32(at, 1)));
            Assert.Equal(at >= 0 && at + 8 <= bytes, Try(() => view.GetInt64(at)));
            Assert.Equal(at >= 0 && at + 8 <= bytes && at % 8 == 0, Try(() => view.GetInt64Volatile(at)));
            Assert.Equal(at >= 0 && at + 4 <= bytes && at % 4 == 0, Try(() => view.GetAndAddInt32(at, 1)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(-8)]
    [InlineData(64)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 7)]
    public void Should_Refuse_Offsets_That_Would_Overflow(long offset)
    {
        MemoryView view = MemoryView.Allocate(64);
        Assert.Throws<ArgumentOutOfRangeException>(() => view.GetInt64(offset));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.PutInt64Ordered(offset, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.WordAt(offset));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(offset, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => view.Slice(1, offset is > 0 and < 1000 ? 64 : offset));
    }

    [Fact]
    public void Should_Have_No_Memory_By_Default()
    {
        MemoryView none = default;
        Assert.Equal(0, none.Length);
        Assert.False(none.IsWritable);
        Assert.Throws<ArgumentOutOfRangeException>(() => none.GetInt32(0));
        Assert.Throws<NullReferenceException>(() => default(MappedWord).Set(1));
    }

    [Fact]
    public void Should_Read_Back_What_Was_Written_In_Every_Way()
    {
        MemoryView view = MemoryView.Allocate(64).Slice(8, 40);
        view.PutInt32(1, -2);
        Assert.Equal(-2, view.GetInt32(1));
        view.PutInt64(1, long.MinValue);
        Assert.Equal(long.MinValue, view.GetInt64(1));
        view.PutInt32Ordered(12, 3);
        Assert.Equal(3, view.GetInt32Volatile(12));
        Assert.Equal(3, view.GetAndAddInt32(12, 4));
        Assert.False(view.CompareAndSetInt32(12, 3, 9));
        Assert.True(view.CompareAndSetInt32(12, 7, 9));
        Assert.Equal(9, view.GetInt32(12));
        view.PutInt64Ordered(16, 5);
        Assert.Equal(5, view.GetAndAddInt64(16, -6));
        Assert.False(view.CompareAndSetInt64(16, 5, 9));
        Assert.True(view.CompareAndSetInt64(16, -1, 9));
        Assert.Equal(9, view.GetInt64Volatile(16));
        view.PutBytes(30, [1, 2, 3]);
        view.Clear(31, 1);
        byte[] read = new byte[3];
        view.GetBytes(30, read);
        Assert.Equal([1, 0, 3], read);
    }

    [Fact]
    public void Should_Not_Allocate()
    {
        MemoryView view = MemoryView.Allocate(64);
        MappedWord word = view.WordAt(8);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                view.PutInt64Ordered(0, view.GetInt64Volatile(0) + 1);
                view.GetAndAddInt32(16, 1);
                word.SetOrdered(word.Get() + 1);
                word.GetAndAdd(1);
                view.Slice(16, 8).CompareAndSetInt64(0, 1, 2);
            }
        }));
    }

    [Fact]
    public void Should_Add_Atomically()
    {
        const int Rounds = 20_000;
        MemoryView view = MemoryView.Allocate(64);
        MappedWord word = view.WordAt(8);
        Parallel.For(0, 4, _ =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                word.GetAndAdd(1);
                view.GetAndAddInt32(16, 2);
                while (true)
                {
                    long seen = view.GetInt64Volatile(24);
                    if (view.CompareAndSetInt64(24, seen, seen + 3)) break;
                }
            }
        });
        Assert.Equal((4L * Rounds, 8 * Rounds, 12L * Rounds), (word.GetVolatile(), view.GetInt32(16), view.GetInt64(24)));
    }

    private static bool Try(Action access)
    {
        try
        {
            access();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
