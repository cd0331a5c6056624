using System.Globalization;
using System.Text.RegularExpressions;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;

namespace LowLatency.Publishing.Tests;

/// <summary>The programs and tables of docs/publishing.md: that they are what is compiled here, and that they do what is said of them.</summary>
public sealed partial class PublishingDocumentTests
{
    [Fact]
    public void Should_Hold_The_Programs_That_Are_Tried_Here() =>
        Assert.Equal([PublishingDocument.ProgramOf("TradePrinter.cs"), PublishingDocument.ProgramOf("EngineMirror.cs")], PublishingDocument.Blocks("csharp"));

    [Fact]
    public void Should_Name_Every_Type_With_Its_Length_And_Stream()
    {
        var first = new PublishedStreamIds(1001);
        IEnumerable<(int, int, int)> expected = from type in Enum.GetValues<RecordType>()
                                                where RecordLengths.Of(type) != 0 && type is not (RecordType.Clock or RecordType.Malformed or RecordType.Cancel or RecordType.Correction)
                                                let stream = type switch
                                                {
                                                    RecordType.SnapshotRequest => first.SnapshotRequests,
                                                    RecordType.SnapshotBegin or RecordType.SnapshotEnd => first.Snapshots,
                                                    _ => first.First + PublishedStreamIds.OutletOf(type),
                                                }
                                                select ((int)type, RecordLengths.Of(type), stream);
        Assert.Equal(expected, PublishingDocument.Rows().Select(l => TypeRow().Match(l)).Where(m => m.Success).Select(m => (Number(m, 1), Number(m, 2), Number(m, 3))));
    }

    [Fact]
    public void Should_Name_Every_Setting_With_Its_Default()
    {
        Assert.Equal(PublishingDocument.DefaultsOf("aeron", new AeronSettings()), PublishingDocument.SettingsOf("aeron"));
        Assert.Equal(PublishingDocument.DefaultsOf("publishing", new PublishingSettings()), PublishingDocument.SettingsOf("publishing"));
        Assert.Equal(PublishingDocument.DefaultsOf("journal", new OutputJournalSettings()), PublishingDocument.SettingsOf("journal"));
    }

    [Fact]
    public async Task Should_Print_Trades_And_Bars()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        world.Publish(source.Streams);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using TextWriter shared = TextWriter.Synchronized(output);
        Task printing = Task.Run(() => TradePrinter.Run(world.Directory, shared, stop.Token), CancellationToken.None);
        // Until it has joined nothing is kept for it: it is told again and again.
        world.Until(
            () =>
            {
                source.OneOfEach("A", 5);
                string said = Said(shared, output);
                return said.Contains("trade 0 q ", StringComparison.Ordinal) && said.Contains("bar   0 spec 1 q ", StringComparison.Ordinal);
            },
            "a trade and a bar are printed");
        await stop.CancelAsync();
        world.Until(() => printing.IsCompleted, "the printer has ended");
        await printing;
        string[] lines = Said(shared, output).Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, l => Assert.Matches(@"^(trade 0 q \d+: 1 at 5|bar   0 spec [01] q \d+: Open, close 5)$", l));
    }

    [Fact]
    public async Task Should_Mirror_A_Whole_Engine()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        world.Publish(source.Streams);
        source.OneOfEach("A", 1);
        using EngineMirror mirror = world.Run(() => new EngineMirror(world.Settings, world.Directory, "", world));
        Task<BroadcastReader> reading = mirror.ReadAsync();
        world.Until(() => reading.IsCompleted, "it is known what is published");
        BroadcastReader reader = await reading;
        world.Until(() => mirror.Subscriber.Phase == SubscriberPhase.Live, "the mirror is live");
        source.OneOfEach("B", 2);
        var got = new List<byte[]>();
        world.Until(() => (got = [.. got, .. TestStreams.ReadAll(reader)]).Count >= source.Published.Count, "all has come");
        Assert.Equal(source.Newest(), TestStreams.NewestOf(mirror.Subscriber.Streams!, got));
        Assert.Equal("B", mirror.Subscriber.Streams!.Instruments.Symbol(1));
        world.Run(() => { mirror.Dispose(); return true; });
    }

    private static string Said(TextWriter shared, StringWriter output)
    {
        // What TextWriter.Synchronized locks.
        lock (shared) return output.ToString();
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // | type | record | length | stream | …
    [GeneratedRegex(@"^\| (\d+) \| [^|]+ \| (\d+) \| (\d+) \|")]
    private static partial Regex TypeRow();
}
