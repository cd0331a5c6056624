using System.Runtime.CompilerServices;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Memory;

public sealed class MappedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Make_A_File_Of_Zeroes_That_Another_Mapping_Sees_Change()
    {
        using MappedFile file = MappedFile.Create(_folder.PathOf("a"), 10_000);
        Assert.Equal(10_000, new FileInfo(file.Path).Length);
        Assert.False(file.View.Bytes(0, 10_000).ContainsAnyExcept((byte)0));
        using MappedFile other = MappedFile.Open(file.Path, writable: false);
        Assert.Equal(10_000, other.Length);
        file.View.PutInt64Ordered(16, 0x0102030405060708);
        Assert.Equal(0x0102030405060708, other.View.GetInt64Volatile(16));
        Assert.Equal([8, 7, 6, 5, 4, 3, 2, 1], other.View.Bytes(16, 8).ToArray());
    }

    [Fact]
    public void Should_Not_Take_A_File_That_Is_There()
    {
        string path = _folder.PathOf("a");
        File.WriteAllText(path, "mine");
        Assert.Throws<IOException>(() => MappedFile.Create(path, 100));
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void Should_Say_That_A_File_Is_Missing_Or_Empty()
    {
        Assert.Throws<FileNotFoundException>(() => MappedFile.Open(_folder.PathOf("none"), writable: false));
        File.WriteAllText(_folder.PathOf("empty"), "");
        Assert.Contains("empty", Assert.Throws<IOException>(() => MappedFile.Open(_folder.PathOf("empty"), writable: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_To_Write_What_Was_Opened_For_Reading()
    {
        using (MappedFile made = MappedFile.Create(_folder.PathOf("a"), 64)) made.View.PutInt32(0, 7);
        using MappedFile file = MappedFile.Open(_folder.PathOf("a"), writable: false);
        MemoryView view = file.View;
        Assert.False(view.IsWritable);
        Assert.Equal(7, view.Slice(0, 8).GetInt32(0));
        Assert.All<Action>(
            [
                () => view.PutInt32(0, 1), () => view.PutInt64(0, 1), () => view.PutInt32Ordered(0, 1), () => view.PutInt64Ordered(0, 1), () => view.GetAndAddInt32(0, 1),
                () => view.GetAndAddInt64(0, 1), () => view.CompareAndSetInt32(0, 7, 1), () => view.CompareAndSetInt64(0, 7, 1), () => view.PutBytes(0, [1]), () => view.Clear(0, 1),
                () => view.WritableBytes(0, 1), () => view.WordAt(0), () => view.Slice(0, 8).PutInt32(0, 1),
            ],
            write => Assert.Contains("for reading only", Assert.Throws<ArgumentOutOfRangeException>(write).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Should_Keep_Views_Valid_When_It_Is_Disposed()
    {
        (MemoryView view, MappedWord word) = MakeAndDispose();
        // The file, its stream and its mapping are unreachable; what is left of them holds the memory.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        word.SetOrdered(5);
        Assert.Equal(5, view.GetInt64Volatile(8));
        using MappedFile again = MappedFile.Open(_folder.PathOf("a"), writable: false);
        Assert.Equal(5, again.View.GetInt64(8));
    }

    [Fact]
    public void Should_Give_No_Views_Once_Disposed()
    {
        MappedFile file = MappedFile.Create(_folder.PathOf("a"), 64);
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.View);
        file.Unmap();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_Be_Unmapped_By_Its_Owner_Or_By_The_Collector(bool byOwner)
    {
        Assert.SkipUnless(File.Exists("/proc/self/maps"), "only Linux lists a process's mappings");
        MakeAndUse(byOwner);
        for (int i = 0; i < 10 && IsMapped(); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(IsMapped());
    }

    private bool IsMapped() => File.ReadLines("/proc/self/maps").Any(line => line.Contains(_folder.FullName, StringComparison.Ordinal));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (MemoryView View, MappedWord Word) MakeAndDispose()
    {
        using MappedFile file = MappedFile.Create(_folder.PathOf("a"), 64);
        return (file.View, file.View.WordAt(8));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeAndUse(bool byOwner)
    {
        MappedFile file = MappedFile.Create(_folder.PathOf("a"), 64);
        file.View.WordAt(0).Set(1);
        Assert.True(IsMapped());
        if (byOwner) file.Unmap();
        else file.Dispose();
        Assert.Equal(!byOwner, IsMapped());
    }
}
