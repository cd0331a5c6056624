using System.Diagnostics;

namespace LowLatency.Host.Tests;

/// <summary>The built executable as a process of its own.</summary>
internal sealed record HostProcess(int ExitCode, string[] Output, string[] Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly DirectoryInfo OwnFolder = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Debug or Release, as the tests were built.</summary>
    public static string Configuration => OwnFolder.Parent!.Name;

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    public static Task<HostProcess> RunAsync(params string[] arguments) => StartAsync("dotnet", Repository, [Executable(), .. arguments]);

    /// <summary>Runs the executable with one environment variable more.</summary>
    public static Task<HostProcess> RunWithAsync(string variable, string value, params string[] arguments) =>
        StartAsync("env", Repository, [$"{variable}={value}", "dotnet", Executable(), .. arguments]);

    /// <summary>Runs any program to its end.</summary>
    public static async Task<HostProcess> StartAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        // What the test runner's own environment says must not count.
        foreach (string name in start.Environment.Keys.Where(n => n.StartsWith("LOWLATENCY__", StringComparison.OrdinalIgnoreCase) || n.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new HostProcess(process.ExitCode, Lines(await output), Lines(await errors));
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LowLatency.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }

    /// <summary>The built executable, for <c>dotnet</c>.</summary>
    public static string Executable()
    {
        // …/bin/<configuration>/<framework>/ of the tests has its like in the host's folder.
        string path = Path.Combine(Repository, "src", "LowLatency.Host", "bin", Configuration, OwnFolder.Name, "lowlatency.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException($"{path} is not built.");
    }
}
