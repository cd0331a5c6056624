using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;

namespace LowLatency.Host.Tests;

/// <summary>The command over files that the test writes as an engine would, with the time at which its heart beats in the test's hand.</summary>
public sealed class StatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_Say_That_Nothing_Runs()
    {
        HostProcess run = await HostProcess.RunAsync("stat", "--directory", _folder.FullName);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith($"No engine runs whose counters are in {_folder.FullName}: start one with ./run.sh", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Show_The_Counters_Of_What_Runs_And_Leave_Out_What_Died()
    {
        using CountersFile file = Create("engine", SystemClock.Instance);
        file.Table.Allocate(1000, "feed a: records").Set(1_234_567);
        file.Table.Allocate(1500, "state \u001b[2J").Set(-3);
        CountersFile dead = Create("dead", new ManualClock(1_700_000_000_000_000_000));
        await using Heart heart = new(file);
        HostProcess run = await HostProcess.RunAsync("stat", "--directory", _folder.FullName, "--once");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"engine 'engine', process {Environment.ProcessId}, running, started 2", run.Output[0], StringComparison.Ordinal);
        Assert.Equal(file.Path, run.Output[1]);
        Assert.Contains(run.Output, line => line.StartsWith("0 ", StringComparison.Ordinal) && line.Contains("1,234,567", StringComparison.Ordinal) && line.EndsWith("  feed a: records", StringComparison.Ordinal));
        // Nothing of another process's text steers the terminal.
        Assert.Contains(run.Output, line => line.EndsWith("state  [2J", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output, line => line.Contains(dead.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Say_That_A_Process_Has_Died()
    {
        CountersFile dead = Create("dead", new ManualClock(1_700_000_000_000_000_000));
        dead.Table.Allocate(1000, "feed a: records").Set(7);
        HostProcess folder = await HostProcess.RunAsync("stat", "--directory", _folder.FullName, "--once");
        Assert.Equal(1, folder.ExitCode);
        Assert.Contains($"engine 'dead', process {Environment.ProcessId}, DEAD: its last sign of life was ", folder.Errors[1], StringComparison.Ordinal);
        // By name it is shown, and not again: it does not change any more.
        HostProcess file = await HostProcess.RunAsync("stat", "--file", dead.Path);
        Assert.Equal(1, file.ExitCode);
        Assert.Contains("DEAD", file.Output[0], StringComparison.Ordinal);
        Assert.Contains(file.Output, line => line.EndsWith("feed a: records", StringComparison.Ordinal));
        Assert.StartsWith("Nothing runs any more", Assert.Single(file.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_Write_Json_With_Rates_From_The_Second_Look_On_And_End_With_The_Engine()
    {
        CountersFile file = Create("engine", SystemClock.Instance);
        Counter handled = file.Table.Allocate(1021, "pipeline: records handled");
        file.Table.Allocate(1511, "input ring: lag");
        await using Heart heart = new(file);
        var start = new ProcessStartInfo("dotnet", [HostProcess.Executable(), "stat", "--directory", _folder.FullName, "--json", "--interval-ms", "100"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        // Between looks the engine works; after some of them it ends, and so does the command.
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            handled.Add(1000);
            if (lines.Count == 4) file.Dispose();
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((0, "All have stopped."), (process.ExitCode, (await errors).Trim()));
        JsonElement[] looks = [.. lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("sources")[0])];
        Assert.InRange(looks.Length, 5, 100);
        Assert.Equal(("running", "low_latency", "engine"), (looks[0].GetProperty("state").GetString(), looks[0].GetProperty("format").GetString(), looks[0].GetProperty("role").GetString()));
        Assert.Equal("stopped", looks[^1].GetProperty("state").GetString());
        JsonElement first = looks[0].GetProperty("counters")[0];
        Assert.Equal((0, 1021, "pipeline: records handled"), (first.GetProperty("id").GetInt32(), first.GetProperty("type").GetInt32(), first.GetProperty("label").GetString()));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("per_second").ValueKind);
        Assert.True(looks[1].GetProperty("counters")[0].GetProperty("per_second").GetDouble() >= 0);
        Assert.Contains(looks, l => l.GetProperty("counters")[0].GetProperty("per_second") is { ValueKind: JsonValueKind.Number } rate && rate.GetDouble() > 0);
        Assert.All(looks, l => Assert.Equal(JsonValueKind.Null, l.GetProperty("counters")[1].GetProperty("per_second").ValueKind));
        Assert.InRange(looks[^1].GetProperty("counters")[0].GetProperty("value").GetInt64(), 3000, handled.Value);
    }

    [Fact]
    public async Task Should_Look_Again_And_Again_Until_It_Is_Interrupted()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using CountersFile file = Create("engine", SystemClock.Instance);
        await using Heart heart = new(file);
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [HostProcess.Executable(), "stat", "--file", file.Path, "--interval-ms", "100"]) { RedirectStandardOutput = true })!;
        int looks = 0;
        while (looks < 3 && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line == file.Path) looks++;
        }

        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3, 0), (looks, process.ExitCode));
    }

    [Fact]
    public async Task Should_Show_Errors()
    {
        using CountersFile file = Create("engine", SystemClock.Instance);
        file.Errors.Record("stage mine: no luck", "at Line 1");
        file.Errors.Record("stage mine: no luck", "at Line 2");
        HostProcess run = await HostProcess.RunAsync("stat", "--file", file.Path, "--once", "--errors");
        Assert.Contains("1 distinct error", run.Output);
        Assert.Contains(run.Output, line => line.StartsWith("2 times, first 2", StringComparison.Ordinal));
        Assert.Equal(["stage mine: no luck", "at Line 1"], run.Output[^2..]);
        HostProcess json = await HostProcess.RunAsync("stat", "--file", file.Path, "--once", "--errors", "--json");
        JsonElement error = JsonDocument.Parse(json.Output[0]).RootElement.GetProperty("sources")[0].GetProperty("errors")[0];
        Assert.Equal((2, "stage mine: no luck\nat Line 1"), (error.GetProperty("observations").GetInt32(), error.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("--file none.counters", "none.counters")]
    [InlineData("--file lowlatency.dll.txt", "cannot be read as counters")]
    [InlineData("--file a --directory b", "not both")]
    [InlineData("--interval-ms 5", "allowed is 100 to 60000")]
    public async Task Should_Refuse_What_Makes_No_Sense(string arguments, string named)
    {
        _folder.Write("lowlatency.dll.txt", "no counters");
        string[] all = [.. arguments.Split(' ').Select(a => a.EndsWith(".txt", StringComparison.Ordinal) ? _folder.PathOf(a) : a)];
        HostProcess run = await HostProcess.RunAsync(["stat", .. all]);
        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(run.Errors, line => line.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_Leave_Nothing_Behind_When_A_Replay_Has_Ended()
    {
        string[] rows = [.. Enumerable.Range(0, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000_000_000_000 + (i * 1_000_000_000L)},X,T,100.5,1,1"))];
        string input = _folder.Write("ticks.csv", ["ts_ns,symbol,type,price,size,aggressor", .. rows]);
        string counters = Path.Combine(_folder.FullName, "counters");
        HostProcess run = await HostProcess.RunAsync("replay", "--input", input, "--set", $"counters.directory={counters}", "--json");
        Assert.Empty(run.Errors);
        Assert.Equal(0, run.ExitCode);
        Assert.Empty(Directory.GetFiles(counters));
    }

    private CountersFile Create(string role, IClock clock) => CountersFolder.CreateFile(_folder.FullName, role, 16, 4096, clock);

    /// <summary>Beats until it is disposed: the command takes its time to start.</summary>
    private sealed class Heart : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _beating;

        public Heart(CountersFile file) => _beating = Task.Run(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            while (!_end.IsCancellationRequested)
            {
                file.Beat();
                await timer.WaitForNextTickAsync(CancellationToken.None);
            }
        });

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _beating;
            _end.Dispose();
        }
    }
}
