using System.CommandLine;
using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Schema;
using LowLatency.Storage.QuestDb.Sending;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Host.Commands;

/// <summary><c>db init</c>: makes QuestDB's tables, or says how those that are there differ.</summary>
internal static class DatabaseCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationOptions("dev.json");
        var init = new Command("init", "Make the tables that are missing (questdb.url), and check the others; exit code 1 when one differs.");
        configuration.AddTo(init);
        init.SetAction((parsed, _) => InitAsync(() => configuration.Read(parsed, [])));
        var command = new Command("db", "QuestDB's tables.");
        command.Subcommands.Add(init);
        return command;
    }

    private static Task<int> InitAsync(Func<IConfiguration> read) => ProcessHost.RunAsync(async () =>
    {
        QuestDbSettings settings = WriterCommand.ReadQuestDb(read());
        using var stop = new ConsoleStop();
        using var connection = new QuestDbConnection(settings);
        var schema = new QuestDbSchema(connection, settings);
        try
        {
            ServerCapabilities server = await schema.ProbeAsync(stop.Token).ConfigureAwait(false);
            await schema.ApplyAsync(server, stop.Token).ConfigureAwait(false);
            Console.Out.WriteLine($"The tables at {settings.Url} are in order: protocol {(int)server.Protocol}, times in {(server.HasNanoseconds ? "nanoseconds" : "microseconds")}, {(server.HasTtl ? "retention by TTL" : "retention by dropping partitions")}.");
            return ExitCodes.Done;
        }
        catch (Exception thrown) when (thrown is SchemaDifferenceException or QuestDbException or QuestDbUnavailableException)
        {
            await Console.Error.WriteLineAsync($"questdb.url: {thrown.Message}").ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    });
}
