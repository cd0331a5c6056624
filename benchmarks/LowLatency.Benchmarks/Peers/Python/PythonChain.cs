using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using LowLatency.Benchmarks.Chain;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Python;

/// <summary>The usual Python service (benchmarks/python/chain.py) over the trades of a file: it does less than the chain.</summary>
/// <param name="file">The ticks.</param>
internal sealed class PythonChain(TickFile file) : Contender("Python, NumPy windows of 1,000 trades", Role.Peer)
{
    // Nobody waits for more of them: it takes some ten thousand a second.
    private const long MostEvents = 5_000;

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    private readonly string? _python = Array.Find(Pythons, HasNumPy);
    private Process? _process;

    public override string? Missing
    {
        get
        {
            if (file.Missing is { } missing) return missing;
            if (Script() is null) return "benchmarks/python is not above this program; run it from the source tree.";
            return _python is null ? "Python with NumPy is not installed (Debian: python3-numpy)." : null;
        }
    }

    public override RunOutcome Run(Load load)
    {
        _process ??= Start();
        string answer = Ask(Math.Min(load.Events, MostEvents).ToString(CultureInfo.InvariantCulture));
        long[] numbers = [.. answer.Split(' ')[1..3].Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        return new RunOutcome(numbers[0], numbers[1], 0, [0, 0, 0]);
    }

    protected override void Dispose(bool disposing)
    {
        _process?.StandardInput.Close();
        if (_process?.WaitForExit(TimeSpan.FromSeconds(5)) == false) _process.Kill();
        _process?.Dispose();
        base.Dispose(disposing);
    }

    private static string? Script()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "benchmarks", "python", "chain.py");
            if (File.Exists(path)) return path;
        }

        return null;
    }

    private static bool HasNumPy(string python)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(python, ["-c", "import numpy"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private Process Start()
    {
        _process = Process.Start(new ProcessStartInfo(_python!, [Script()!]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Ask($"{file.FullPath} {file.Symbol}");
        return _process;
    }

    private string Ask(string line)
    {
        _process!.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        return answer is not null && (answer.StartsWith("ok ", StringComparison.Ordinal) || answer.StartsWith("ready ", StringComparison.Ordinal))
            ? answer
            : throw new LabException($"The Python service, asked for '{line}', says: {answer ?? "nothing; it ended"}.");
    }
}
