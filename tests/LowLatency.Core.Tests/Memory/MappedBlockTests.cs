using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Memory;
using LowLatency.Tests;

namespace LowLatency.Core.Tests.Memory;

public sealed class MappedBlockTests
{
    [Fact]
    public void Should_Never_Reach_Outside() =>
        Prop.ForAll<int, long, int>((power, offset, size) =>
        {
            int length = 8 << (int)((uint)power % 6);
            MemoryView view = MemoryView.Allocate(length + 128);
            view.WritableBytes(0, length + 128).Fill(0xEE);
            MappedBlock block = view.BlockAt(64, length);
            block.PutInt64(offset, 1);
            block.PutInt64Ordered(offset, 1);
            block.PutInt32(offset, 3);
            block.PutInt32Ordered(offset, 1);
            Assert.False(block.CompareAndSetInt32(offset, 3, 2));
            Assert.True(block.CompareAndSetInt32(offset, 1, 2));
            Assert.Equal(2, block.GetInt32(offset));
            Assert.Equal(block.GetInt64(offset), view.GetInt64(64 + (offset & (length - 1) & ~7L)));
            Assert.Equal(block.GetInt64Volatile(offset), block.GetInt64(offset));
            Assert.Equal(block.GetInt32Volatile(offset), view.GetInt32(64 + (offset & (length - 1) & ~3L)));
            int count = size % (2 * length);
            long at = offset % (2 * length);
            if (at >= 0 && count >= 0 && at + count <= length)
            {
                block.Clear(at, count);
                block.PutBytes(at, new byte[count]);
                Assert.Equal(count, block.Bytes(at, count).Length);
            }
            else
            {
                Assert.Throws<ArgumentOutOfRangeException>(() => block.Clear(at, count));
                Assert.Throws<ArgumentOutOfRangeException>(() => block.Bytes(at, count).Length);
                Assert.Throws<ArgumentOutOfRangeException>(() => block.WritableBytes(at, count).Length);
                if (count >= 0) Assert.Throws<ArgumentOutOfRangeException>(() => block.PutBytes(at, new byte[count]));
            }

            Assert.False(view.Bytes(0, 64).ContainsAnyExcept((byte)0xEE));
            Assert.False(view.Bytes(64 + length, 64).ContainsAnyExcept((byte)0xEE));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Theory]
    [InlineData(0, 48)]
    [InlineData(0, 4)]
    [InlineData(0, 0)]
    [InlineData(0, -8)]
    [InlineData(4, 8)]
    [InlineData(64, 128)]
    [InlineData(-8, 8)]
    [InlineData(128, 8)]
    public void Should_Be_A_Power_Of_Two_Aligned_And_Within(long offset, long length) =>
        Assert.ThrowsAny<ArgumentException>(() => MemoryView.Allocate(128).BlockAt(offset, length));

    [Fact]
    public void Should_Not_Be_Given_Of_Memory_For_Reading()
    {
        using var folder = new TemporaryFolder();
        MappedFile.Create(folder.PathOf("a"), 64).Dispose();
        using MappedFile file = MappedFile.Open(folder.PathOf("a"), writable: false);
        Assert.Contains("for reading only", Assert.Throws<ArgumentOutOfRangeException>(() => file.View.BlockAt(0, 64)).Message, StringComparison.Ordinal);
        Assert.Throws<NullReferenceException>(() => default(MappedBlock).GetInt32(0));
        Assert.Equal(1, default(MappedBlock).Length);
    }

    [Fact]
    public void Should_Keep_Its_Memory_And_Not_Allocate()
    {
        MappedBlock block = Orphan();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                block.PutInt64Ordered(i * 8, block.GetInt64Volatile(i * 8) + 1);
                block.PutBytes(8, block.Bytes(16, 8));
            }

            block.KeepAlive();
        }));
    }

    [Fact]
    public void Should_Make_A_File_That_Takes_No_Room_Before_It_Is_Written()
    {
        using var folder = new TemporaryFolder();
        using MappedFile file = MappedFile.CreateSparse(folder.PathOf("a"), 1L << 40);
        Assert.Equal(1L << 40, file.Length);
        file.View.PutInt64(file.Length - 8, 7);
        Assert.Equal(0, file.View.GetInt64(0));
        Assert.Throws<IOException>(() => MappedFile.CreateSparse(file.Path, 1));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static MappedBlock Orphan()
    {
        using var folder = new TemporaryFolder();
        using MappedFile file = MappedFile.Create(folder.PathOf("a"), 1024);
        return file.View.BlockAt(0, 1024);
    }
}
