using LowLatency.Storage.Tests.Journal;
using Xunit.Runner.InProc.SystemConsole;

namespace LowLatency.Storage.Tests;

/// <summary>Runs the tests, or plays a part in one of them: <c>journal ROLE …</c>.</summary>
internal static class Program
{
    public static Task<int> Main(string[] arguments) => arguments is ["journal", ..] ? Task.FromResult(JournalProcess.Play(arguments[1..])) : ConsoleRunner.Run(arguments);
}
