using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Memory;

public sealed class FlushTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Flush_What_Was_Written_And_The_Names_Of_The_Folder()
    {
        using MappedFile file = MappedFile.Create(_folder.PathOf("a"), 10_000);
        file.View.PutInt64(4096, 7);
        file.Flush();
        FolderNames.Flush(_folder.PathOf("."));
        // RandomAccess reads the file, not the mapping.
        using Microsoft.Win32.SafeHandles.SafeFileHandle other = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] word = new byte[8];
        Assert.Equal(8, RandomAccess.Read(other, word, 4096));
        Assert.Equal(7, BitConverter.ToInt64(word));
    }

    [Fact]
    public void Should_Not_Flush_What_Was_Disposed()
    {
        MappedFile file = MappedFile.Create(_folder.PathOf("a"), 100);
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(file.Flush);
    }

    [Fact]
    public void Should_Say_Which_Folder_Is_Missing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux flushes names");
        string missing = _folder.PathOf("none");
        string message = Assert.Throws<IOException>(() => FolderNames.Flush(missing)).Message;
        Assert.Contains(missing, message, StringComparison.Ordinal);
        Assert.Contains("ENOENT", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_A_File_For_Which_There_Is_No_Room()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux says so everywhere");
        Assert.Throws<IOException>(() => MappedFile.Create(_folder.PathOf("huge"), 1L << 46));
        Assert.False(File.Exists(_folder.PathOf("huge")));
    }
}
