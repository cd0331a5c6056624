using FsCheck;
using FsCheck.Fluent;
using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

/// <summary>Whatever is done to a journal, it holds what a list holds to which the same is done.</summary>
public sealed class JournalModelTests
{
    private static readonly Gen<(char What, int Number)> Step = Gen.Choose(0, 99).SelectMany(kind => Gen.Choose(1, 30).Select(number => (kind < 70 ? 'a' : kind < 78 ? 'r' : kind < 88 ? 'o' : kind < 94 ? 's' : 't', number)));

    [Fact]
    public void Should_Hold_What_A_List_Holds() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60).WithQuietOnSuccess(true),
            Prop.ForAll(Arb.From(Step.ArrayOf()), Arb.From(Gen.Choose(30, 90)), Arb.From(Gen.Choose(1, 12)), (steps, segmentRecords, indexRecords) => Run(steps, segmentRecords, indexRecords)));

    private static bool Run((char What, int Number)[] steps, int segmentRecords, int indexRecords)
    {
        using var folder = new JournalFolder();
        JournalSettings settings = folder.Settings(segmentRecords) with { IndexRecords = indexRecords, RetainBytes = 30_000, PreparesAhead = false, RetainForCursors = false };
        JournalWriter writer = JournalWriter.Open(settings with { RetainBytes = 0 });
        using JournalReader follower = folder.Read();
        ulong next = 0;
        long mark = long.MinValue;
        var followed = new List<ulong>();
        try
        {
            foreach ((char what, int number) in steps)
            {
                switch (what)
                {
                    case 'a':
                        mark = Math.Max(mark, 0) + (number % 3);
                        Assert.True(writer.Append(JournalFolder.Records(next, number), mark));
                        next += (ulong)number;
                        break;
                    case 'r':
                        Assert.True(writer.Roll(number, default));
                        break;
                    case 's':
                        writer.Sync();
                        break;
                    case 't':
                        followed.AddRange(JournalFolder.Sequences(follower));
                        writer.Dispose();
                        using (JournalWriter retaining = JournalWriter.Open(settings)) retaining.Retain();
                        writer = JournalWriter.Open(settings with { RetainBytes = 0 });
                        break;
                    default:
                        // Closed, or dead: copied as it is and opened elsewhere, it is the same.
                        writer.Dispose();
                        if (number % 2 == 0) folder.StartMachineAgain();
                        writer = JournalWriter.Open(settings with { RetainBytes = 0, VerifiesAll = number % 3 == 0 });
                        break;
                }

                Assert.Equal(((long)next, mark, 0L), (writer.NextOrdinal, writer.Mark, writer.Recovery.RecordsCut));
                followed.AddRange(JournalFolder.Sequences(follower));
            }

            List<ulong> there = folder.Sequences();
            ulong first = there.Count == 0 ? next : there[0];
            Assert.Equal(Enumerable.Range((int)first, (int)(next - first)).Select(i => (ulong)i), there);
            Assert.Equal(Enumerable.Range(0, (int)next).Select(i => (ulong)i), followed);
            return true;
        }
        finally
        {
            writer.Dispose();
        }
    }
}
