using System.CommandLine;
using LowLatency.Host.Commands;

namespace LowLatency.Host;

/// <summary>The executable: finds the command and runs it.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var root = new RootCommand("LowLatency: market data to signals, in memory. Without a command it runs everything: feed, pipeline, gateway and page.");
        RunCommand.AddTo(root);
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (string error in parsed.Errors.Select(e => e.Message).Distinct()) Console.Error.WriteLine(error);
            Console.Error.WriteLine("Try './run.sh --help'.");
            return ExitCodes.Usage;
        }

        // Signals are the host's business, which ends in order and in time; the command line's own handling would race it.
        return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }
}
