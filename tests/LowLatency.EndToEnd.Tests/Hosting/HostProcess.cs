using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace LowLatency.EndToEnd.Tests.Hosting;

/// <summary>The real executable, as a process of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<Uri> _url = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(IEnumerable<string> arguments, string? awaits = null)
    {
        if (awaits is not null) _awaited[awaits] = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.ArgumentList.Add(HostBuild.Executable);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("LOWLATENCY__", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => OnError(line.Data);
        _process.Exited += (_, _) => _url.TrySetException(new InvalidOperationException("the host ended before it named its URL"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where the host listens; known once it has started.</summary>
    public Uri Url => _url.Task.Result;

    public int ExitCode => _process.ExitCode;

    public IReadOnlyCollection<string> Output => _output;

    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Starts a host and returns when it has named its URL.</summary>
    public static async Task<HostProcess> StartAsync(params string[] arguments)
    {
        var host = new HostProcess(arguments);
        try
        {
            await host._url.Task.WaitAsync(StartLimit);
            return host;
        }
        catch (Exception failure)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"the host did not start: {string.Join('\n', host._output.Concat(host._errors))}", failure);
        }
    }

    /// <summary>Starts a role, and returns when it has said something.</summary>
    public static async Task<HostProcess> StartRoleAsync(string text, params string[] arguments)
    {
        var host = new HostProcess(arguments, text);
        try
        {
            await host._awaited[text].Task.WaitAsync(StartLimit);
            return host;
        }
        catch (Exception failure)
        {
            await host.DisposeAsync();
            throw new InvalidOperationException($"the role did not come to '{text}': {string.Join('\n', host._output.Concat(host._errors))}", failure);
        }
    }

    /// <summary>Waits until it has named its URL.</summary>
    public Task<Uri> UrlAsync(CancellationToken cancellation) => _url.Task.WaitAsync(StartLimit, cancellation);

    /// <summary>Runs a host that is expected to end by itself.</summary>
    public static async Task<HostProcess> RunToEndAsync(params string[] arguments)
    {
        var host = new HostProcess(arguments);
        try
        {
            await host.WaitForExitAsync(StartLimit);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>The next line, of output or errors, that holds a text.</summary>
    public Task<string> LineWithAsync(string text, CancellationToken cancellation) =>
        _awaited.GetOrAdd(text, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(StartLimit, cancellation);

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Its name without SIG.</param>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Waits until the process has ended and its output is read.</summary>
    public async Task WaitForExitAsync(TimeSpan limit)
    {
        using var expiry = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(expiry.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"the host still runs after {limit.TotalSeconds} s: {string.Join('\n', _output.Concat(_errors))}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _ = _url.Task.Exception;
    }

    private void OnOutput(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        TellAwaiting(line);
        if (line.StartsWith("http://", StringComparison.Ordinal)) _url.TrySetResult(new Uri(line.Split(' ')[0]));
    }

    private void OnError(string? line)
    {
        if (line is null) return;
        _errors.Enqueue(line);
        TellAwaiting(line);
    }

    private void TellAwaiting(string line)
    {
        foreach ((string text, TaskCompletionSource<string> awaited) in _awaited)
        {
            if (line.Contains(text, StringComparison.Ordinal)) awaited.TrySetResult(line);
        }
    }
}
