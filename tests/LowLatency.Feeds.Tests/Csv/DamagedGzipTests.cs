using System.IO.Compression;
using System.Text;
using LowLatency.Feeds.Csv;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class DamagedGzipTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Deliver_Every_Row_Before_A_Cut_Wherever_It_Is()
    {
        string text = Rows(40);
        byte[] zipped = TemporaryFiles.Gzip(text);
        for (int cut = 0; cut < zipped.Length; cut++)
        {
            var rig = new FeedRig();
            TickCsvFeed feed = rig.Replay(_files.Bytes(zipped.AsSpan(0, cut)), _files.Text(Rows(1)));
            List<TickRecord> records = rig.Run(feed);
            int whole = WholeRows(zipped.AsSpan(0, cut).ToArray());
            Assert.Equal(whole + 1, records.Count);
            for (int i = 0; i < whole; i++) Assert.Equal((i + 1L, (i + 1) * 1.25), (records[i].Header.EventNs, records[i].Trade.Price));
            FileProblem problem = Assert.Single(feed.FileProblems);
            if (cut < 2) continue;
            Assert.Equal(
                whole == 0
                    ? "truncated gzip before the first row; nothing was processed"
                    : $"truncated gzip after row {whole} (line {whole + 1}); the {whole} rows before it were processed",
                problem.Message);
        }
    }

    [Fact]
    public void Should_Deliver_Every_Row_Before_Damage()
    {
        string text = Rows(50_000);
        byte[] zipped = TemporaryFiles.Gzip(text);
        foreach (double place in (double[])[0.1, 0.5, 0.9])
        {
            byte[] damaged = [.. zipped];
            damaged.AsSpan((int)(damaged.Length * place), 40).Fill(0xFF);
            var rig = new FeedRig();
            TickCsvFeed feed = rig.Replay(_files.Bytes(damaged));
            List<TickRecord> records = rig.Run(feed);
            Assert.Equal(WholeRows(damaged), records.Count);
            Assert.InRange(records.Count, 1, 49_999);
            Assert.StartsWith($"corrupt gzip after row {records.Count} (line {records.Count + 1})", Assert.Single(feed.FileProblems).Message, StringComparison.Ordinal);
        }

        byte[] checksum = [.. zipped];
        checksum[^6] ^= 1;
        var last = new FeedRig();
        TickCsvFeed whole = last.Replay(_files.Bytes(checksum));
        Assert.Equal(50_000, last.Run(whole).Count);
        Assert.StartsWith("corrupt gzip after row 50000", Assert.Single(whole.FileProblems).Message, StringComparison.Ordinal);
    }

    private static string Rows(int count) =>
        "ts_ns,symbol,price,size\n" + string.Concat(Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"{i},SYM{i % 7},{i * 1.25},{i * i % 977}\n")));

    /// <summary>Decompresses byte by byte, which gives all that can be had, and counts the whole rows.</summary>
    private static int WholeRows(byte[] zipped)
    {
        using var stream = new GZipStream(new MemoryStream(zipped), CompressionMode.Decompress);
        int lines = 0;
        try
        {
            for (int b = stream.ReadByte(); b >= 0; b = stream.ReadByte())
            {
                if (b == '\n') lines++;
            }
        }
        catch (InvalidDataException)
        {
            return Math.Max(0, lines - 1);
        }

        return Math.Max(0, lines - 1);
    }
}
