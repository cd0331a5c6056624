namespace LowLatency.Host.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--prot", "--prot")]
    [InlineData("replay", "--input")]
    [InlineData("replay --input x.csv --sped 1x", "--sped")]
    [InlineData("doctor --set bars.grace_ns", "--set takes NAME=VALUE")]
    [InlineData("--port many", "many")]
    public async Task Should_Refuse_A_Wrong_Command_Line(string arguments, string named)
    {
        HostProcess run = await HostProcess.RunAsync(arguments.Split(' '));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Errors, line => line.Contains(named, StringComparison.Ordinal));
        Assert.Contains("--help", run.Errors[^1], StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Should_List_All_Mistakes_Of_Settings()
    {
        HostProcess run = await HostProcess.RunAsync("--set", "engine.bacth=1", "--set", "bars.revisable=65", "--set", "feed.kind=replay", "--set", "feed.replay.files=none.csv");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(3, run.Errors.Length);
        Assert.Contains(run.Errors, line => line.StartsWith("engine.bacth:", StringComparison.Ordinal) && line.Contains("did you mean batch?", StringComparison.Ordinal));
        Assert.Contains(run.Errors, line => line.StartsWith("bars.revisable: 65 is out of range; allowed is 1 to 64", StringComparison.Ordinal));
        Assert.Contains(run.Errors, line => line.StartsWith("feed.replay: ", StringComparison.Ordinal) && line.Contains("none.csv", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Name_A_Settings_File_That_Is_Missing_Or_No_Json()
    {
        HostProcess missing = await HostProcess.RunAsync("doctor", "--config", _folder.PathOf("none.json"));
        Assert.Equal(2, missing.ExitCode);
        Assert.Contains(missing.Output, line => line.Contains("none.json: there is no such settings file", StringComparison.Ordinal));
        string file = _folder.Write("broken.json", "{ \"LowLatency\": {", "  \"bars\": oops");
        HostProcess broken = await HostProcess.RunAsync("--config", file);
        Assert.Equal(2, broken.ExitCode);
        Assert.StartsWith($"{file}: ", broken.Errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--help", "replay")]
    [InlineData("replay --help", "--input")]
    [InlineData("doctor --help", "--config")]
    public async Task Should_Help(string arguments, string named)
    {
        HostProcess run = await HostProcess.RunAsync(arguments.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Output, line => line.Contains(named, StringComparison.Ordinal));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Should_Tell_What_Is_Installed_And_Chosen()
    {
        HostProcess run = await HostProcess.RunAsync("doctor");
        Assert.Equal(0, run.ExitCode);
        foreach (string what in (string[])["runtime", "processors", "vectors", "memory", "dashboard", "native", "clock", "cpus", "placement"]) Assert.Contains(run.Output, line => line.StartsWith(what, StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("settings", StringComparison.Ordinal) && line.Contains("feed simulator, 8 intervals, 13 indicators", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Tell_Why_The_Managed_Twins_Are_Used()
    {
        HostProcess run = await HostProcess.RunAsync("doctor", "--set", "engine.native=off");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Output, line => line.StartsWith("native", StringComparison.Ordinal) && line.EndsWith("managed twins: the native library is switched off", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.StartsWith("clock", StringComparison.Ordinal) && line.Contains("system clock: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Tell_Mistakes_Of_All_Rooms_In_The_Doctors_Report()
    {
        HostProcess run = await HostProcess.RunAsync("doctor", "--set", "gateway.port=70000", "--set", "engine.batch=none");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(run.Output, line => line.Contains("gateway.port: 70000 is out of range", StringComparison.Ordinal));
        Assert.Contains(run.Output, line => line.Contains("engine.batch: 'none' is not allowed", StringComparison.Ordinal));
    }
}
