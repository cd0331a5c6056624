using System.Diagnostics;
using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

/// <summary>A journal on a file system of memory that is small: it refuses when it is full, no process dies of it, and it goes on when there is room.</summary>
public sealed class JournalFullDiskTests : IDisposable
{
    private readonly JournalFolder _folder = new();
    private bool _isMounted;

    public void Dispose()
    {
        if (_isMounted) Assert.Equal(0, Run("umount", "-l", _folder.FullName));
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_Refuse_When_The_Disk_Is_Full_And_Go_On_When_There_Is_Room(bool preparesAhead)
    {
        Mount("1m");
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 2000) with { PreparesAhead = preparesAhead });
        ulong next = 0;
        // What sealed segments did not need comes back a moment later, or when it is asked for.
        do
        {
            while (writer.Append(JournalFolder.Records(next, 100), (long)next)) next += 100;
            writer.Retain();
        }
        while (writer.Append(JournalFolder.Records(next, 100), (long)next) && (next += 100) > 0);

        // What is left over when whole segments of 128 kB and their indexes are made.
        Assert.InRange(next, 8000UL, 16_000UL);
        Assert.Equal((long)next, writer.NextOrdinal);
        Assert.Contains("begin another segment", writer.Refusal, StringComparison.Ordinal);
        Assert.Contains("full", writer.Refusal, StringComparison.Ordinal);
        // Again and again, nothing is written, nothing is left lying about.
        for (int i = 0; i < 20; i++) Assert.False(writer.Append(JournalFolder.Records(next, 100), (long)next));
        Assert.Equal(Enumerable.Range(0, (int)next).Select(i => (ulong)i), _folder.Sequences());
        Assert.Equal(0, Run("mount", "-o", "remount,size=2m", _folder.FullName));
        for (int i = 0; i < 30; i++, next += 100) Assert.True(writer.Append(JournalFolder.Records(next, 100), (long)next));
        Assert.Null(writer.Refusal);
        Assert.Equal(Enumerable.Range(0, (int)next).Select(i => (ulong)i), _folder.Sequences());
    }

    [Fact]
    public void Should_Go_On_When_Retention_Makes_Room()
    {
        Mount("1m");
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 2000) with { PreparesAhead = false, RetainBytes = 500_000, RetainForCursors = true });
        JournalCursor.Open(_folder.FullName, JournalFolder.Name, "slow").Save(0);
        ulong next = 0;
        while (writer.Append(JournalFolder.Records(next, 100), (long)next)) next += 100;
        Assert.Equal(0, writer.Retain());
        Assert.Contains("cursor", writer.Problem, StringComparison.Ordinal);
        File.Delete(_folder.PathOf("test.slow.cursor"));
        writer.Retain();
        for (int i = 0; i < 200; i++, next += 100)
        {
            if (writer.Append(JournalFolder.Records(next, 100), (long)next)) continue;
            writer.Retain();
            Assert.True(writer.Append(JournalFolder.Records(next, 100), (long)next), writer.Refusal);
        }

        // What the journal's thread has still to remove would be gone under the reader.
        writer.Retain();
        List<ulong> there = _folder.Sequences();
        Assert.Equal((next - 1, there[^1] - there[0]), (there[^1], (ulong)there.Count - 1));
        Assert.InRange(there.Count, 1, 8000);
    }

    [Fact]
    public void Should_Say_That_There_Is_No_Room_For_A_Journal()
    {
        Mount("64k");
        JournalException thrown = Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings(segmentRecords: 2000)));
        Assert.Contains(_folder.FullName, thrown.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.FullName, "*.npy"));
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    private void Mount(string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux mounts a tmpfs");
        _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", _folder.FullName) == 0;
        Assert.SkipUnless(_isMounted, "this user may not mount a tmpfs");
    }
}
