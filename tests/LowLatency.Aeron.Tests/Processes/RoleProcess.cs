using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace LowLatency.Aeron.Tests.Processes;

/// <summary>This executable, started again to play a part. It is killed when the test is done with it.</summary>
internal sealed class RoleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _errors = [];

    private RoleProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null) _lines.Writer.TryComplete();
            else _lines.Writer.TryWrite(e.Data);
        };
        _process.ErrorDataReceived += (_, e) =>
        {
            if (e.Data is null) return;
            lock (_errors) _errors.Add(e.Data);
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string ErrorText
    {
        get
        {
            lock (_errors) return string.Join('\n', _errors);
        }
    }

    public static RoleProcess Start(string role, params string[] options) =>
        new(new ProcessStartInfo("dotnet", [typeof(Role).Assembly.Location, "role", role, .. options]));

    /// <summary>Starts another program.</summary>
    public static RoleProcess StartProgram(string path, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(path, arguments);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new RoleProcess(start);
    }

    /// <summary>Waits for a line that begins so, and returns it; what comes before it is passed over.</summary>
    /// <param name="beginning">How it begins.</param>
    /// <param name="minutes">How long it may take.</param>
    public async Task<string> LineAsync(string beginning, int minutes = 2)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        try
        {
            while (true)
            {
                string line = await _lines.Reader.ReadAsync(patience.Token);
                if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
            }
        }
        catch (Exception thrown) when (thrown is OperationCanceledException or ChannelClosedException)
        {
            throw new InvalidOperationException($"No line '{beginning}' came ({(HasExited ? $"ended with {_process.ExitCode}" : "it runs")}). {ErrorText}", thrown);
        }
    }

    /// <summary>Waits for the end, and returns all lines that were not read.</summary>
    public async Task<(int Code, List<string> Lines)> ExitAsync(bool closesInput = true)
    {
        if (closesInput) _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        List<string> lines = [];
        await foreach (string line in _lines.Reader.ReadAllAsync(patience.Token)) lines.Add(line);
        return (_process.ExitCode, lines);
    }

    public void Signal(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public void Write(string line) => _process.StandardInput.WriteLine(line);

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }
}
