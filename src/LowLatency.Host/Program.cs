using System.CommandLine;
using LowLatency.Host.Commands;

namespace LowLatency.Host;

/// <summary>The executable: finds the command and runs it.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var root = new RootCommand("LowLatency: market data to bars and indicators, in memory. Without a command it runs everything: feed, pipeline, gateway and page.");
        RunCommand.AddTo(root);
        root.Subcommands.Add(EngineCommand.Create());
        root.Subcommands.Add(FanoutCommand.Create());
        root.Subcommands.Add(WriterCommand.Create());
        root.Subcommands.Add(DriverCommand.Create());
        root.Subcommands.Add(DatabaseCommand.Create());
        root.Subcommands.Add(ReplayCommand.Create());
        root.Subcommands.Add(StatCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (string error in parsed.Errors.Select(e => e.Message).Distinct()) Console.Error.WriteLine(error);
            Console.Error.WriteLine("Try './run.sh --help'.");
            return ExitCodes.Usage;
        }

        // Signals are the host's business, which ends in order and in time; the command line's own handling would race it.
        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (IOException thrown)
        {
            // Standard output among others: a full disk behind it, or a pipe whose reader is gone.
            Console.Error.WriteLine(thrown.Message);
            return ExitCodes.Failed;
        }
        catch (Exception thrown)
        {
            Console.Error.WriteLine($"A mistake of the program's own, not yours: {thrown}");
            return ExitCodes.Failed;
        }
    }
}
