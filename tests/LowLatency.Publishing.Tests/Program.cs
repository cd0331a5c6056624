using LowLatency.Publishing.Tests.Processes;
using Xunit.Runner.InProc.SystemConsole;

namespace LowLatency.Publishing.Tests;

/// <summary>Runs the tests, or plays a part in one of them: <c>role NAME …</c>.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments is ["role", ..] ? Task.FromResult(Role.Run(arguments[1..])) : ConsoleRunner.Run(arguments);
}
