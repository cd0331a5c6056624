using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Tests.Processes;

namespace LowLatency.Aeron.Tests.Interop;

/// <summary>Aeron's own driver, samples and tools, where the variable AERON_SAMPLES names the folder that they are in.</summary>
internal static class OfficialPrograms
{
    public const string Variable = "AERON_SAMPLES";

    /// <summary>Starts one; skips the test where it is not.</summary>
    public static RoleProcess Start(string name, params string[] arguments) =>
        // Line by line: what a program has buffered is lost when it is killed.
        RoleProcess.StartProgram("stdbuf", new Dictionary<string, string>(), ["-oL", "-eL", PathOf(name), .. arguments]);

    /// <summary>Starts the official driver in a folder.</summary>
    public static RoleProcess StartDriver(string directory) => RoleProcess.StartProgram(
        PathOf("aeronmd"),
        new Dictionary<string, string>
        {
            ["AERON_DIR"] = directory, ["AERON_THREADING_MODE"] = "SHARED", ["AERON_SHARED_IDLE_STRATEGY"] = "backoff", ["AERON_DIR_DELETE_ON_START"] = "1",
            ["AERON_IPC_TERM_BUFFER_LENGTH"] = "64k", ["AERON_TERM_BUFFER_LENGTH"] = "64k", ["AERON_CLIENT_LIVENESS_TIMEOUT"] = "2s", ["AERON_PUBLICATION_UNBLOCK_TIMEOUT"] = "3s",
            ["AERON_DRIVER_TIMEOUT"] = "3000", ["AERON_TIMER_INTERVAL"] = "100ms", ["AERON_UNTETHERED_WINDOW_LIMIT_TIMEOUT"] = "500ms", ["AERON_UNTETHERED_LINGER_TIMEOUT"] = "500ms",
            ["AERON_UNTETHERED_RESTING_TIMEOUT"] = "500ms",
        });

    /// <summary>Skips the test where a program is not.</summary>
    public static void Need(params string[] names)
    {
        foreach (string name in names) PathOf(name);
    }

    private static string PathOf(string name)
    {
        string? folder = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), $"{Variable} names no folder with Aeron's official programs");
        string path = Path.Combine(folder!, name);
        Assert.SkipUnless(File.Exists(path), $"{name} is not in the folder that {Variable} names");
        return path;
    }
}
