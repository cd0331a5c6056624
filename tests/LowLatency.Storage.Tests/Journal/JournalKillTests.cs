using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

/// <summary>Processes that write are killed at any instant: what they told is there, once, and nothing torn.</summary>
public sealed class JournalKillTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(JournalDurability.None, 4)]
    [InlineData(JournalDurability.Interval, 3)]
    [InlineData(JournalDurability.Batch, 2)]
    public void Should_Lose_Nothing_That_Was_Appended_When_The_Process_Is_Killed(JournalDurability durability, int kills) => KillAndLook(durability, kills, segmentRecords: 500);

    [Fact]
    [Trait("Category", "Long")]
    public void Should_Lose_Nothing_In_Many_Kills()
    {
        KillAndLook(JournalDurability.None, 60, segmentRecords: 300);
        KillAndLook(JournalDurability.Interval, 30, segmentRecords: 300);
    }

    [Fact]
    public void Should_Keep_A_Cursor_Whole_When_Its_Process_Is_Killed()
    {
        for (int kill = 0; kill < 3; kill++)
        {
            long told;
            using (JournalProcess process = JournalProcess.Start("save", _folder.FullName))
            {
                for (int i = 0; i < 20 + (kill * 37); i++) process.Number();
                told = process.Kill();
            }

            // The one that it was about to tell may be saved too.
            long saved = JournalCursor.Open(_folder.FullName, JournalFolder.Name, "reader").Ordinal;
            if (told >= 0) Assert.InRange(saved, told, told + 1);
        }
    }

    [Fact]
    public void Should_Name_The_Process_That_Has_The_Journal()
    {
        using JournalProcess process = JournalProcess.Start("append", _folder.FullName, nameof(JournalDurability.None), "1000000");
        process.Number();
        Assert.Contains($"process {process.Id} ", Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings())).Message, StringComparison.Ordinal);
        process.Kill();
        JournalWriter.Open(_folder.Settings()).Dispose();
    }

    private void KillAndLook(JournalDurability durability, int kills, int segmentRecords)
    {
        long told = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            using (JournalProcess process = JournalProcess.Start("append", _folder.FullName, durability.ToString(), $"{segmentRecords}"))
            {
                // It begins behind all that was there, and is killed somewhere behind a number of appends that differs from kill to kill.
                Assert.True(process.Number() >= told);
                for (int i = 0; i < 10 + (kill * 71 % 300); i++) told = process.Number();
                told = Math.Max(told, process.Kill());
            }

            // A reader finds it as it is; a writer has nothing to cut of what was told.
            using JournalReader reader = _folder.Read();
            List<ulong> there = JournalFolder.Sequences(reader);
            Assert.True(there.Count >= told, $"{there.Count} records are there, {told} were told.");
            Assert.Equal(Enumerable.Range(0, there.Count).Select(i => (ulong)i), there);
            using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: segmentRecords));
            Assert.True(writer.NextOrdinal >= told);
            Assert.Equal(Math.Max(there.Count, writer.NextOrdinal), writer.NextOrdinal);
            // The mark of an append is its first record's ordinal.
            Assert.InRange(writer.Mark, writer.NextOrdinal - 40, writer.NextOrdinal - 1);
        }
    }
}
