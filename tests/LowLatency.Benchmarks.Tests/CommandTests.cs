using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report;
using LowLatency.Benchmarks.Report.Document;
using LowLatency.Benchmarks.Tests.Report;

namespace LowLatency.Benchmarks.Tests;

public sealed class CommandTests : IDisposable
{
    private static readonly string[] Allocation = ["core", "--filter", "allocation", "--quick"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmarks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Should_Allocate_Nothing_And_Write_What_Was_Measured()
    {
        string json = PathOf("results.json");
        BenchmarkProcess run = await BenchmarkProcess.RunAsync([.. Allocation, "--json", json, "--html", PathOf("results.html")]);
        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        LabDocument document = DocumentFile.Read(json);
        Assert.Equal("allocation", Assert.Single(document.Experiments).Name);
        Assert.All(document.Experiments[0].Runs, one => Assert.Equal(0, one.AllocatedBytes));
        Assert.Contains("<svg", await File.ReadAllTextAsync(PathOf("results.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Fail_When_A_Consumer_Allocates()
    {
        BenchmarkProcess run = await BenchmarkProcess.RunAsync([.. Allocation, "--allocate"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("bytes were allocated", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Tell_A_Regression_By_Its_Exit_Code()
    {
        string json = PathOf("before.json");
        Assert.Equal(0, (await BenchmarkProcess.RunAsync([.. Allocation, "--json", json])).ExitCode);
        BenchmarkProcess same = await BenchmarkProcess.RunAsync([.. Allocation, "--compare", json]);
        Assert.True(same.ExitCode == 0, same.Output);
        Assert.Contains("No regression.", same.Output, StringComparison.Ordinal);
        // Less than nothing was allocated before, so that nothing is more now.
        DocumentFile.Write(json, WithBytes(DocumentFile.Read(json), -1));
        BenchmarkProcess worse = await BenchmarkProcess.RunAsync([.. Allocation, "--compare", json]);
        Assert.Equal(3, worse.ExitCode);
        Assert.Contains("REGRESSION", worse.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Refuse_Results_Of_Another_Version_Before_It_Measures()
    {
        string json = PathOf("old.json");
        await File.WriteAllTextAsync(json, "{\"schema_version\": 1}", TestContext.Current.CancellationToken);
        BenchmarkProcess run = await BenchmarkProcess.RunAsync([.. Allocation, "--compare", json]);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("schema version 1", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_List_Everything()
    {
        BenchmarkProcess run = await BenchmarkProcess.RunAsync("--list");
        Assert.Equal(0, run.ExitCode);
        foreach (string name in new[] { "unicast-64", "soak", "RingBenchmarks.OneByOne", "CsvBenchmarks.Outline", "aeron-64", "StreamBenchmarks.ExclusiveOfferAndPoll", "EncodingBenchmarks.Bar" }) Assert.Contains(name, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Choose_An_Experiment_Alone_By_Its_Whole_Name()
    {
        BenchmarkProcess run = await BenchmarkProcess.RunAsync("core", "--filter", "unicast", "--list");
        Assert.StartsWith("core  experiment  unicast:", Assert.Single(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--filter nothing-is-called-so", 2, "--list")]
    [InlineData("core --filter allocation --json no-such-folder/a.json", 2, "--json: 'no-such-folder/a.json' cannot be written")]
    [InlineData("core --filter allocation --html no-such-folder/a.html", 2, "--html: 'no-such-folder/a.html' cannot be written")]
    [InlineData("--fast", 2, "--fast")]
    public async Task Should_Say_What_Cannot_Be_Run(string arguments, int exitCode, string named)
    {
        BenchmarkProcess run = await BenchmarkProcess.RunAsync(arguments.Split(' '));
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Theory]
    [InlineData("SOAK", "soak")]
    [InlineData("Unicast", "unicast")]
    public void Should_Choose_An_Experiment_By_Its_Name_In_Any_Case(string filter, string expected)
    {
        Assert.True(SuiteArguments.TryParse(["--filter", filter], ["core"], out SuiteArguments arguments, out string mistake), mistake);
        Assert.Equal(expected, Assert.Single(LabSuite.Choose(arguments)).Name);
    }

    [Fact]
    public async Task Should_Fail_When_Nothing_Could_Be_Judged()
    {
        string json = PathOf("empty.json");
        DocumentFile.Write(json, Documents.Of());
        BenchmarkProcess run = await BenchmarkProcess.RunAsync([.. Allocation, "--compare", json]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Nothing was judged.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "the Java harness cannot run")]
    [InlineData(false, "there is no such file")]
    public async Task Should_Measure_Without_A_Peer_Whose_Jar_Is_No_Good(bool exists, string reason)
    {
        if (!new[] { "java", "javac" }.All(IsOnPath)) Assert.Skip("java and javac are not installed.");
        if (exists && !new[] { "HdrHistogram", "hdrhistogram" }.Any(name => File.Exists($"/usr/share/java/{name}.jar"))) Assert.Skip("HdrHistogram's jar is not installed.");
        string jar = PathOf("disruptor.jar");
        if (exists) await File.WriteAllTextAsync(jar, "no jar", TestContext.Current.CancellationToken);
        BenchmarkProcess run = await BenchmarkProcess.RunAsync(("DISRUPTOR_JAR", jar), "core", "--filter", "unicast", "--quick", "--repetitions", "1", "--seconds", "0.02");
        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        Assert.Contains(reason, run.Output, StringComparison.Ordinal);
        Assert.Contains("LowLatency ring", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aeron-32", "M events/s")]
    [InlineData("aeron-round-trip", "p50 in ns")]
    public async Task Should_Measure_Aeron_Without_The_Official_Programs(string experiment, string metric)
    {
        string json = PathOf("aeron.json");
        BenchmarkProcess run = await BenchmarkProcess.RunAsync(("AERON_SAMPLES", _folder.FullName), "aeron", "--filter", experiment, "--quick", "--repetitions", "1", "--seconds", "0.02", "--json", json);
        Assert.True(run.ExitCode == 0, run.Errors + run.Output);
        Assert.Contains(metric, run.Output, StringComparison.Ordinal);
        Assert.Contains("aeronmd is not in the folder that AERON_SAMPLES names", run.Output, StringComparison.Ordinal);
        Assert.All(DocumentFile.Read(json).Experiments[0].Runs, one => Assert.True(one.Value > 0));
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static LabDocument WithBytes(LabDocument document, double bytes) => document with
    {
        Experiments =
        [
            .. document.Experiments.Select(experiment => experiment with
            {
                Groups = [.. experiment.Groups.Select(group => group with { Contenders = [.. group.Contenders.Select(c => c with { BytesPerEvent = bytes })] })],
            }),
        ],
    };

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
