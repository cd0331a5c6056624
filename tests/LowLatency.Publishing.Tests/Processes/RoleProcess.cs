using System.Diagnostics;

namespace LowLatency.Publishing.Tests.Processes;

/// <summary>This executable, started again to play a part. It is killed when the test is done with it.</summary>
internal sealed class RoleProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;

    public RoleProcess(params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(Role).Assembly.Location, "role", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;

    public async Task<string> LineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The process has ended before it said anything.");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
