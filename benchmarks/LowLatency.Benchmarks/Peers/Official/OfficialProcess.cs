using System.Diagnostics;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>One of the official programs while it runs, and what it prints. It is killed when it is disposed.</summary>
internal sealed class OfficialProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;
    private readonly List<string> _lines = [];

    private OfficialProcess(string name, Process process)
    {
        (_name, _process) = (name, process);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        // Asked whether to do it again, it shall not.
        process.StandardInput.WriteLine("n");
        process.StandardInput.Flush();
    }

    /// <summary>Starts one.</summary>
    /// <param name="name">The program.</param>
    /// <param name="processor">Which processor of the lab's it runs on, all its threads; null for any.</param>
    /// <param name="environment">Its settings.</param>
    /// <param name="arguments">Its arguments.</param>
    public static OfficialProcess Start(string name, int? processor, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(OfficialPrograms.PathOf(name), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string key, string value) in environment) start.Environment[key] = value;
        Process process = Process.Start(start)!;
        // Threads that it starts later are where the first one is.
        if (processor is { } index) Placement.Current.PinThread(process.Id, index);
        return new OfficialProcess(name, process);
    }

    /// <summary>Waits for its end, and returns everything that it has printed.</summary>
    /// <param name="seconds">How long it should run; a minute more is waited.</param>
    /// <exception cref="LabException">It does not end.</exception>
    public IReadOnlyList<string> Lines(double seconds)
    {
        if (!_process.WaitForExit(TimeSpan.FromSeconds(seconds + 60))) throw new LabException($"{_name} did not end; the last that it printed is '{Last()}'.");
        // Without a time: all that it printed has been read then.
        _process.WaitForExit();
        lock (_lines) return [.. _lines];
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Last()
    {
        lock (_lines) return _lines.LastOrDefault() ?? "nothing";
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
    }
}
