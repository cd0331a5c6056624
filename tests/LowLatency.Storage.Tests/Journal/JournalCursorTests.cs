using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

public sealed class JournalCursorTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Keep_The_Last_Ordinal_That_Was_Saved()
    {
        JournalCursor cursor = Open("questdb");
        Assert.Equal(-1, cursor.Ordinal);
        foreach (long ordinal in new[] { 0, 17, long.MaxValue, 3 })
        {
            cursor.Save(ordinal, isDurable: ordinal != 17);
            Assert.Equal((ordinal, ordinal), (cursor.Ordinal, Open("questdb").Ordinal));
        }

        Assert.Equal(-1, Open("other").Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.Save(-1));
        Assert.Contains("'a b'", Assert.Throws<JournalException>(() => Open("a b")).Message, StringComparison.Ordinal);
        Assert.Equal(["test.questdb.cursor"], Directory.GetFiles(_folder.FullName).Select(Path.GetFileName));
    }

    [Fact]
    public void Should_Refuse_A_File_Of_Which_Any_Byte_Is_Wrong()
    {
        Open("reader").Save(123_456);
        string path = _folder.PathOf("test.reader.cursor");
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < 28; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(path, damaged);
            Assert.Contains(path, Assert.Throws<JournalException>(() => Open("reader")).Message, StringComparison.Ordinal);
        }

        foreach (int length in new[] { 0, 8, 12, 31 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<JournalException>(() => Open("reader"));
        }

        whole[8] = 9;
        File.WriteAllBytes(path, whole);
        Assert.Contains("version 9", Assert.Throws<JournalException>(() => Open("reader")).Message, StringComparison.Ordinal);
    }

    private JournalCursor Open(string name) => JournalCursor.Open(_folder.FullName, JournalFolder.Name, name);
}
