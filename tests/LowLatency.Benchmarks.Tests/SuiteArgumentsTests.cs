namespace LowLatency.Benchmarks.Tests;

public sealed class SuiteArgumentsTests
{
    private static readonly string[] Known = ["core", "feeds"];

    [Fact]
    public void Should_Read_Everything()
    {
        string file = typeof(SuiteArgumentsTests).Assembly.Location;
        string[] args = ["core", "--quick", "--filter", "ring", "--json", "a.json", "--html", "a.html", "--compare", file, "--repetitions", "7", "--seconds", "0.5", "feeds", "--list"];
        Assert.True(SuiteArguments.TryParse(args, Known, out SuiteArguments read, out string mistake), mistake);
        Assert.Equal(["core", "feeds"], read.Suites);
        Assert.Equal((true, "ring", "a.json", "a.html", file, 7, 0.5, true), (read.Quick, read.Filter, read.JsonFile, read.HtmlFile, read.CompareFile, read.Repetitions, read.Seconds, read.List));
    }

    [Theory]
    [InlineData("cores", "There is no suite or option 'cores'. Suites: core, feeds;")]
    [InlineData("--fast", "'--fast'")]
    [InlineData("--filter", "--filter wants a value")]
    [InlineData("--json --quick", "--json wants a value")]
    [InlineData("--repetitions 0", "from 1 to 1000, not '0'")]
    [InlineData("--repetitions many", "not 'many'")]
    [InlineData("--seconds -1", "from 0.01 to 86400, not '-1'")]
    [InlineData("--seconds NaN", "not 'NaN'")]
    [InlineData("--compare none.json", "there is no file 'none.json'")]
    public void Should_Name_A_Mistake(string args, string named)
    {
        Assert.False(SuiteArguments.TryParse(args.Split(' '), Known, out _, out string mistake));
        Assert.Contains(named, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Filter_Without_Looking_At_Case()
    {
        Assert.True(SuiteArguments.TryParse(["--filter", "RING"], Known, out SuiteArguments read, out _));
        Assert.True(read.Chooses("BroadcastRingBenchmarks.Write"));
        Assert.False(read.Chooses("unicast"));
    }
}
