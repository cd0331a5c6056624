using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Feeds.Csv;
using LowLatency.Feeds.Settings;
using LowLatency.Market.Records;

namespace LowLatency.Feeds.Tests.Csv;

public sealed class ChunkingTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Should_Give_The_Same_Records_However_The_Bytes_Arrive()
    {
        Prop.ForAll<int, int, byte>((seed, rows, block) =>
        {
            List<string> lines = RandomLines(new Random(seed), Math.Abs(rows % 200));
            string end = (seed & 1) == 0 ? "\n" : "\r\n";
            string text = string.Join(end, lines) + ((seed & 2) == 0 ? end : "");
            var rig = new FeedRig(capacity: 1 << (2 + (block % 7)));
            TickCsvFeed feed = new(rig.Context, new ReplaySettings { Files = [_files.Text(text)] }, block + 1);
            List<TickRecord> records = rig.Run(feed);
            CheckAgainstNaiveReading(lines, records, feed);
        }).QuickCheckThrowOnFailure();
    }

    private static List<string> RandomLines(Random random, int count)
    {
        var lines = new List<string> { "ts_ns,symbol,type,price,size,bid,ask" };
        for (int i = 0; i < count; i++)
        {
            string price = (random.Next(1, 1_000_000) / 100m).ToString(CultureInfo.InvariantCulture);
            lines.Add(random.Next(8) switch
            {
                0 => "",
                1 => $"{i},SYM,Z,,,,",
                2 => $"{i},SYM,T,{new string('9', random.Next(1, 400))}x,1,,",
                3 or 4 => $"{i},S{random.Next(4)},Q,,,{price},",
                _ => $"{i},LONGSYMBOL{random.Next(4)},T,{price},{random.Next(1000)},,",
            });
        }

        return lines;
    }

    private static void CheckAgainstNaiveReading(List<string> lines, List<TickRecord> records, TickCsvFeed feed)
    {
        int record = 0;
        for (int i = 1; i < lines.Count; i++)
        {
            if (lines[i].Length == 0) continue;
            string[] fields = lines[i].Split(',');
            TickRecord read = records[record];
            Assert.Equal(i + 1, feed.Locate(record).Line);
            Assert.Equal(long.Parse(fields[0], CultureInfo.InvariantCulture), read.Header.EventNs);
            if (fields[2] == "Q")
            {
                Assert.Equal(RecordType.Quote, read.Header.Type);
                Assert.Equal(double.Parse(fields[5], CultureInfo.InvariantCulture), read.Quote.Bid);
            }
            else if (fields[2] == "T" && !fields[3].EndsWith('x'))
            {
                Assert.Equal(RecordType.Trade, read.Header.Type);
                Assert.Equal(double.Parse(fields[3], CultureInfo.InvariantCulture), read.Trade.Price);
                Assert.Equal(double.Parse(fields[4], CultureInfo.InvariantCulture), read.Trade.Size);
            }
            else
            {
                Assert.Equal(RecordType.Malformed, read.Header.Type);
            }

            record++;
        }

        Assert.Equal(record, records.Count);
    }
}
