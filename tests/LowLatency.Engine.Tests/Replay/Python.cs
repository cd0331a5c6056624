using System.Diagnostics;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>Runs the scripts that come with the reference data; where there is no Python the test is skipped.</summary>
internal static class Python
{
    public static (int ExitCode, string Output) Run(params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 to run the comparison with.");
            throw;
        }
    }
}
