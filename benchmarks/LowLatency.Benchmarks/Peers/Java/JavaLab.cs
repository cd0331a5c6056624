using System.Diagnostics;
using System.Globalization;
using LowLatency.Benchmarks.Lab;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Peers.Java;

/// <summary>The harness of the Disruptor: one Java process for the whole lab, pinned as our own threads are, which runs when it is told to and sleeps else.</summary>
internal sealed class JavaLab : IDisposable
{
    private const int Threads = 4;

    private readonly Process _process;

    private JavaLab(Process process, string runtime) => (_process, Runtime) = (process, runtime);

    /// <summary>The Java virtual machine, as it names itself.</summary>
    public string Runtime { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="LabException">It does not come up, or its threads are not found.</exception>
    public static JavaLab Start()
    {
        Process process = JavaTools.Start();
        try
        {
            string? ready = process.StandardOutput.ReadLine();
            if (ready?.StartsWith("ready ", StringComparison.Ordinal) != true) throw new LabException($"The Java harness did not start: {ready ?? "it ended"}.");
            Pin(process.Id);
            var lab = new JavaLab(process, ready["ready ".Length..]);
            // Loads the classes of both jars, so that a broken one shows now; too few events to leave a trace in the compiler's profile.
            lab.Run($"{Graph.Latency} 1 {(Placement.Current.IsCrowded(Graph.Latency.Threads()) ? "yield" : "spin")} next 1024", new Load(50, 1_000_000, 0));
            return lab;
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a graph once.</summary>
    /// <param name="request">The words of the request up to the events.</param>
    /// <param name="load">How much.</param>
    /// <exception cref="LabException">The harness says that something went wrong, or ended.</exception>
    public RunOutcome Run(string request, Load load)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {request} {load.Events} {load.RatePerSecond} {load.Seconds}"));
        _process.StandardInput.Flush();
        string? answer = _process.StandardOutput.ReadLine();
        string[] words = answer?.Split(' ') ?? [];
        if (words.Length < 5 || words[0] != "ok") throw new LabException($"The Java harness, asked for '{request}', says: {answer ?? "nothing; it ended"}.");
        long[] numbers = [.. words[1..5].Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
        return new RunOutcome(numbers[0], numbers[1], numbers[2], [(int)numbers[3], 0, 0])
        {
            Latency = words.Length > 5 ? HistogramEncoding.DecodeCompressed(Convert.FromBase64String(words[5])) : null,
        };
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        // Its requests end, so it ends.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5))) _process.Kill();
        _process.Dispose();
    }

    private static void Pin(int process)
    {
        if (!OperatingSystem.IsLinux()) return;
        int found = 0;
        foreach (string task in Directory.GetDirectories($"/proc/{process}/task"))
        {
            string name = File.ReadAllText(Path.Combine(task, "comm")).Trim();
            if (!name.StartsWith("lab-", StringComparison.Ordinal)) continue;
            Placement.Current.PinThread(int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture), int.Parse(name["lab-".Length..], CultureInfo.InvariantCulture));
            found++;
        }

        if (found != Threads) throw new LabException($"The Java harness has {found} threads named lab-…, not {Threads}: they cannot be pinned as ours are.");
    }
}
