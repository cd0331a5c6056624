using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Agents;
using LowLatency.Engine.Output;
using LowLatency.Engine.Replay;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;

namespace LowLatency.Engine.Tests.Replay;

public class ReplaySessionTests
{
    private static readonly string[] Intervals = ["1s", "10s", "1m", "5m"];

    [Fact]
    public void Should_Put_Every_Row_In_Exactly_One_Bucket()
    {
        using var folder = new TemporaryFolder();
        Prop.ForAll(
            Gen.Choose(0, int.MaxValue - 1).Zip(Gen.Choose(0, 400)).ToArbitrary(),
            c =>
            {
                string text = SyntheticFile.Make(c.Item1, c.Item2, bad: true);
                LowLatencySettings settings = ReplayRun.Settings(folder.Write("rows.csv", text));
                if (c.Item1 % 2 == 0) settings.Feed.Replay.Symbol = "A";
                ReplayResult result = ReplayRun.Run(settings);
                long rows = text.Split('\n').Skip(1).Count(line => line.Length > 0);
                Assert.Equal(rows, result.Summary.Rows);
                Assert.Equal(rows, ReplayRun.Buckets(result.Summary));
                Assert.Empty(result.FileProblems);
                Assert.Equal(Math.Min(10, result.UnusableRows), result.Problems.Count);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Should_Write_The_Bars_That_Plain_Rules_Give(int seed)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("ticks.csv", SyntheticFile.Make(seed, 5000, bad: false).Replace(",0,,\n", ",1,,\n", StringComparison.Ordinal));
        LowLatencySettings settings = ReplayRun.Settings(file);
        settings.Bars.Intervals = Intervals;
        ReplayResult result = ReplayRun.Run(settings, folder.PathOf("out"));
        var naive = new NaiveReplay(file, Intervals);
        BarFiles.ShouldEqual(naive, folder.PathOf("out"), Intervals);
        Assert.Equal(naive.Trades, result.Summary.Accepted);
        Assert.Equal(naive.TooLate, result.Summary.TooLate);
        Assert.True(result.Summary.Revisions > 0 && result.Summary.TooLate > 0 && result.Summary.Duplicates > 0);
    }

    [Fact]
    public void Should_Have_The_Same_Hash_Whatever_The_Batches_Threads_And_Output()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("ticks.csv", SyntheticFile.Make(9, 4000, bad: true));
        var hashes = new HashSet<string>();
        foreach ((int batch, int slots, IdleStrategyKind idle, bool output) in new[]
        {
            (256, 65_536, IdleStrategyKind.BackOff, false), (256, 65_536, IdleStrategyKind.BackOff, false), (1, 64, IdleStrategyKind.Yielding, true), (7, 1024, IdleStrategyKind.BusySpin, false),
        })
        {
            LowLatencySettings settings = ReplayRun.Settings(file);
            settings.Engine.Batch = batch;
            settings.Engine.InputSlots = slots;
            settings.Engine.Idle = settings.Engine.FeedIdle = idle;
            settings.Engine.OutputBytes = 65_536;
            hashes.Add(ReplayRun.Run(settings, output ? folder.PathOf("out") : null).Summary.OutputHash);
        }

        Assert.Single(hashes);
    }

    [Fact]
    public void Should_Write_Every_Published_Record_With_Its_Q()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", SyntheticFile.Make(4, 2000, bad: true)));
        settings.Bars.Intervals = Intervals;
        // Each with one output: a cell is a record.
        settings.Indicators = ["sma(20)", "ema(9)", "ema(21)", "rsi(14)"];
        ReplayResult result = ReplayRun.Run(settings, folder.PathOf("out"));
        Assert.Equal("q,event_ns,receive_ns,price,size,aggressor,trade_id,conditions,source,flags", File.ReadLines(folder.PathOf("out/A/trades.csv")).First());
        Assert.Equal("q,event_ns,receive_ns,bid,bid_size,ask,ask_size,source,flags", File.ReadLines(folder.PathOf("out/A/quotes.csv")).First());
        Assert.Equal("at_row,start_ns,rev,state,open,high,low,close,volume,count,vwap,buy_volume,q", File.ReadLines(folder.PathOf("out/A/bars_1s.csv")).First());
        Assert.Equal("at_row,start_ns,sma(20),ema(9),ema(21),rsi(14)", File.ReadLines(folder.PathOf("out/A/indicators_1s.csv")).First());
        long written = 0;
        foreach (string path in Directory.EnumerateFiles(folder.PathOf("out"), "*.csv", SearchOption.AllDirectories))
        {
            List<string[]> rows = ReplayRun.Rows(path);
            int columns = File.ReadLines(path).First().Split(',').Length;
            Assert.All(rows, row => Assert.Equal(columns, row.Length));
            string name = Path.GetFileName(path);
            // What became of each row is written down, and no stream.
            if (name == "norm.csv") continue;
            if (name.StartsWith("indicators", StringComparison.Ordinal)) written += rows.Sum(row => row.Skip(2).Count(cell => cell.Length > 0));
            else written += name == "spikes.csv" ? 2 * rows.Count : rows.Count;
            if (name.StartsWith("indicators", StringComparison.Ordinal)) continue;
            int q = name is "trades.csv" or "quotes.csv" or "bbo.csv" ? 0 : columns - 1;
            // A spike's row is its begin and its end.
            int step = name == "spikes.csv" ? 2 : 1;
            Assert.Equal(Enumerable.Range(1, rows.Count).Select(n => $"{n * step}"), rows.Select(row => row[q]));
        }

        Assert.Equal(result.Summary.Published, written);
    }

    [Fact]
    public void Should_Compute_Thirteen_Indicators_By_Default()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", SyntheticFile.Make(4, 2000, bad: false)));
        // The settings name them as the parser does, so that what is written there is what the channels are called.
        Assert.Equal(settings.Indicators, settings.MakeIndicators().Select(i => i.Spec.Name));
        ReplayRun.Run(settings, folder.PathOf("out"));
        Assert.Equal(
            "at_row,start_ns,sma(20),ema(9),ema(21),rsi(14),\"macd(12,26,9).macd\",\"macd(12,26,9).signal\",\"macd(12,26,9).hist\","
            + "\"bbands(20,2).upper\",\"bbands(20,2).middle\",\"bbands(20,2).lower\",\"bbands(20,2).percent_b\",\"bbands(20,2).width\",atr(14),"
            + "\"stoch(14,3,3).k\",\"stoch(14,3,3).d\",\"stoch(14,3,3).raw_k\",adx(14).adx,adx(14).plus_di,adx(14).minus_di,adx(14).dx,obv,vwap(0),chop(14),\"zlma(20,volume)\"",
            File.ReadLines(folder.PathOf("out/A/indicators_1s.csv")).First());
        Assert.All(ReplayRun.Rows(folder.PathOf("out/A/indicators_1s.csv")).Skip(40), row => Assert.All(row, cell => Assert.NotEmpty(cell)));
    }

    [Fact]
    public void Should_Write_Open_Bars_To_A_File_Of_Their_Own()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", SyntheticFile.Make(4, 500, bad: false)));
        ReplayRun.Run(settings, folder.PathOf("none"));
        Assert.Empty(Directory.GetFiles(folder.PathOf("none"), "open_bars*", SearchOption.AllDirectories));
        settings.Bars.OpenEveryMs = 1000;
        ReplayRun.Run(settings, folder.PathOf("some"));
        List<string[]> open = ReplayRun.Rows(folder.PathOf("some/A/open_bars_1m.csv"));
        Assert.NotEmpty(open);
        Assert.All(open, row => Assert.Equal("open", row[3]));
        // At most once in each second of event time.
        Assert.Equal(open.Count, open.Select(row => row[0]).Distinct().Count());
        static string[] Bars(string path) => [.. ReplayRun.Rows(path).Select(row => string.Join(',', row[..^1]))];
        Assert.Equal(Bars(folder.PathOf("none/A/bars_1m.csv")), Bars(folder.PathOf("some/A/bars_1m.csv")));
    }

    [Fact]
    public void Should_Write_Restated_Values_In_Rows_Of_Their_Own_And_Provisional_Ones_In_A_File_Of_Their_Own()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", SyntheticFile.Make(4, 2000, bad: false)));
        settings.Indicators = ["sma(1)", "obv", "rsi(3)"];
        ReplayRun.Run(settings, folder.PathOf("off"));
        settings.IndicatorOptions.Restate = settings.IndicatorOptions.Provisional = true;
        settings.Bars.OpenEveryMs = 1000;
        ReplayRun.Run(settings, folder.PathOf("on"));
        Assert.Empty(Directory.GetFiles(folder.PathOf("off"), "open_*", SearchOption.AllDirectories));
        Assert.Equal("at_row,start_ns,sma(1),obv,rsi(3)", File.ReadLines(folder.PathOf("off/A/indicators_1s.csv")).First());
        Assert.Equal("at_row,start_ns,rev,sma(1),obv,rsi(3)", File.ReadLines(folder.PathOf("on/A/indicators_1s.csv")).First());
        List<string[]> rows = ReplayRun.Rows(folder.PathOf("on/A/indicators_1s.csv"));
        Assert.Contains(rows, row => int.Parse(row[2], null) > 1);
        // Of each bar the revisions count from 0; sma(1) ends as the close of the bar's last row.
        Assert.All(rows.GroupBy(row => row[1]), bar => Assert.Equal(Enumerable.Range(0, bar.Count()).Select(n => $"{n}"), bar.Select(row => row[2])));
        Dictionary<string, string> closes = ReplayRun.Rows(folder.PathOf("on/A/bars_1s.csv")).Where(row => row[3] != "open").GroupBy(row => row[1]).ToDictionary(g => g.Key, g => g.Last()[7]);
        Assert.Equal(closes, rows.GroupBy(row => row[1]).ToDictionary(g => g.Key, g => g.Last()[3]));
        string[] open = File.ReadAllLines(folder.PathOf("on/A/open_indicators_1m.csv"));
        Assert.Equal("at_row,start_ns,sma(1),obv,rsi(3)", open[0]);
        // The provisional sma(1) is the close of each open bar said; those at the end of the input stand in the bars' own file.
        Assert.Equal(
            [.. ReplayRun.Rows(folder.PathOf("on/A/open_bars_1m.csv")).Select(row => (row[0], row[1], row[7])), ("-1", ReplayRun.Rows(folder.PathOf("on/A/bars_1m.csv"))[^1][1], ReplayRun.Rows(folder.PathOf("on/A/bars_1m.csv"))[^1][7])],
            open.Skip(1).Select(line => line.Split(',')).Select(row => (row[0], row[1], row[2])));
    }

    [Fact]
    public void Should_Give_Every_Symbol_A_Safe_Folder_Of_Its_Own()
    {
        using var folder = new TemporaryFolder();
        string[] symbols = ["A/B", "A_B", "A:B", "A%2FB", ".", "..", "../up", "C.", "a\\b", "<*?>|"];
        string rows = string.Join('\n', symbols.Select((s, i) => $"{Ticks.Start + i},{s},T,10,1,,1,,"));
        ReplayRun.Run(ReplayRun.Settings(folder.Write("odd.csv", $"{SyntheticFile.Header}\n{rows}\n")), folder.PathOf("out/deep"));
        Assert.Equal(["deep"], Directory.GetFileSystemEntries(folder.PathOf("out")).Select(Path.GetFileName));
        string[] folders = [.. Directory.GetDirectories(folder.PathOf("out/deep")).Select(d => Path.GetFileName(d)!)];
        Assert.Equal(symbols.Length, folders.Length);
        Assert.All(symbols, s => Assert.Contains(CsvOutput.FolderOf(s), folders));
        Assert.All(folders, f => Assert.True(File.Exists(folder.PathOf($"out/deep/{f}/trades.csv"))));
    }

    [Fact]
    public void Should_Name_File_And_Line_Of_What_Is_Wrong()
    {
        using var folder = new TemporaryFolder();
        string good = folder.Write("good.csv", $"{SyntheticFile.Header}\n{Ticks.Start},A,T,10,1,,1,,\n");
        string bad = folder.Write("bad.csv", $"{SyntheticFile.Header}\n{Ticks.Start},A,T,10,-2,,1,,\n\n{Ticks.Start},A,T,1o,2,,1,,\n");
        ReplayResult result = ReplayRun.Run(ReplayRun.Settings(good, bad, folder.Write("empty.csv", "")));
        Assert.Equal(2, result.UnusableRows);
        Assert.StartsWith($"{bad}(2): size -2: ", result.Problems[0], StringComparison.Ordinal);
        Assert.StartsWith($"{bad}(4): price: ", result.Problems[1], StringComparison.Ordinal);
        Assert.Contains("empty.csv: the file is empty", Assert.Single(result.FileProblems), StringComparison.Ordinal);
        Assert.Equal(1, result.Summary.Accepted);
    }

    [Fact]
    public void Should_Tell_That_A_Large_Compressed_File_Is_Cut()
    {
        using var folder = new TemporaryFolder();
        using var zipped = new MemoryStream();
        using (var stream = new GZipStream(zipped, CompressionLevel.Fastest)) stream.Write(Encoding.UTF8.GetBytes(SyntheticFile.Make(5, 20_000, bad: false)));
        File.WriteAllBytes(folder.PathOf("cut.csv.gz"), zipped.ToArray()[..^1000]);
        ReplayResult result = ReplayRun.Run(ReplayRun.Settings(folder.PathOf("cut.csv.gz")));
        Assert.Contains($"truncated gzip after row {result.Summary.Rows} ", Assert.Single(result.FileProblems), StringComparison.Ordinal);
        Assert.Equal(0, result.UnusableRows);
    }

    [Fact]
    public void Should_Refuse_Files_That_Are_Not_There_And_Other_Feeds()
    {
        using var folder = new TemporaryFolder();
        SettingsException thrown = Assert.Throws<SettingsException>(() => ReplayRun.Run(ReplayRun.Settings(folder.PathOf("a.csv"), folder.PathOf("b.csv"))));
        Assert.Equal(2, thrown.Mistakes.Count);
        Assert.Throws<SettingsException>(() => ReplayRun.Run(EngineRun.Settings()));
    }

    [Fact]
    public void Should_Fail_When_The_Output_Cannot_Be_Written()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", SyntheticFile.Make(4, 500, bad: false)));
        Directory.CreateDirectory(folder.PathOf("out"));
        folder.Write("out/A", "a file where the folder of symbol A should be");
        Assert.ThrowsAny<IOException>(() => ReplayRun.Run(settings, folder.PathOf("out")));
    }

    [Fact]
    public void Should_End_Early_When_Cancelled()
    {
        using var folder = new TemporaryFolder();
        LowLatencySettings settings = ReplayRun.Settings(folder.Write("ticks.csv", SyntheticFile.Make(4, 500, bad: false)));
        settings.Feed.Replay.Speed = "0.001x";
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ReplaySession.Run(settings, folder.PathOf("out"), cancelled.Token));
    }
}
