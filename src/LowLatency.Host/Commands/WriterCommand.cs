using System.CommandLine;
using System.Globalization;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using LowLatency.Publishing;
using LowLatency.Storage.Journal;
using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Rows;
using LowLatency.Storage.QuestDb.Schema;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Host.Commands;

/// <summary><c>writer</c>: writes an engine's output journal to QuestDB, from where it had come before, and follows it.</summary>
internal static class WriterCommand
{
    private const string Cursor = "questdb";

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(60);

    public static Command Create()
    {
        var configuration = new ConfigurationOptions("dev.json");
        var command = new Command("writer", "Write an engine's output journal (journal.dir) to QuestDB (questdb.url), and follow it; Ctrl-C stops it.");
        configuration.AddTo(command);
        command.SetAction((parsed, _) => RunAsync(() => configuration.Read(parsed, [])));
        return command;
    }

    private static Task<int> RunAsync(Func<IConfiguration> read) => ProcessHost.RunAsync(async () =>
    {
        IConfiguration configuration = read();
        LowLatencySettings settings = LowLatencySettings.Read(configuration);
        QuestDbSettings questDb = ReadQuestDb(configuration);
        if (settings.Journal.Dir.Length == 0) throw new SettingsException("journal.dir: the writer reads the engine's output journal; name its folder, the same as the engine's");
        using var stop = new ConsoleStop();
        Console.Out.WriteLine($"journal    {Path.GetFullPath(settings.Journal.Dir)} (journal.dir)");
        Console.Out.WriteLine($"questdb    {questDb.Url} (questdb.url)");
        Console.Out.WriteLine("The writer runs   (Ctrl-C stops)");
        try
        {
            while (true) await WriteEpochAsync(settings, questDb, stop.Token).ConfigureAwait(false);
        }
        catch (Exception thrown) when (thrown is SchemaDifferenceException or QuestDbException or JournalException)
        {
            await Console.Error.WriteLineAsync(thrown.Message).ConfigureAwait(false);
            return ExitCodes.Failed;
        }
    });

    /// <summary>Reads the settings group <c>questdb</c>.</summary>
    /// <param name="configuration">The settings.</param>
    /// <exception cref="SettingsException">Something is wrong; the message lists everything that is.</exception>
    public static QuestDbSettings ReadQuestDb(IConfiguration configuration)
    {
        var mistakes = new List<string>();
        QuestDbSettings settings = SettingsBinder.Bind<QuestDbSettings>(configuration.GetSection($"{LowLatencySettings.Section}:questdb"), mistakes);
        settings.Check("questdb", mistakes);
        return mistakes.Count == 0 ? settings : throw new SettingsException(mistakes);
    }

    // An engine that is started anew numbers instruments and streams anew: each of its epochs is written with its own names.
    private static async Task WriteEpochAsync(LowLatencySettings settings, QuestDbSettings questDb, CancellationToken stop)
    {
        using JournalSource source = await OpenAsync(settings, stop).ConfigureAwait(false);
        using var writer = new QuestDbWriter(questDb, RecordNames.Of(source.Names()), source);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"journal    epoch {source.Epoch}{(source.Removed > 0 ? $"; {source.Removed} records were removed by retention before they were written" : "")}"));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task watching = WatchAsync(writer, source, ended);
        try
        {
            // What is left of an epoch that has ended is written, and then the next begins.
            if (source.IsOld()) await writer.DrainAsync(ended.Token).ConfigureAwait(false);
            else await writer.RunAsync(ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // The engine has begun another epoch: what is not acknowledged yet is read again, and written to its end.
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
            Tell(writer);
        }
    }

    private static async Task<JournalSource> OpenAsync(LowLatencySettings settings, CancellationToken stop)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                JournalSource source = JournalSource.Open(settings.Journal.Dir, Cursor, settings.Engine.MaxInstruments, Wait);
                if (source.HasRecords) return source;
                source.Dispose();
            }
            catch (JournalException thrown)
            {
                if (!told) await Console.Error.WriteLineAsync($"{thrown.Message} Waiting for the engine.").ConfigureAwait(false);
            }

            await Task.Delay(Wait * 10, stop).ConfigureAwait(false);
        }
    }

    // Tells errors once each, the state now and then, and ends the writer when the source has ended.
    private static async Task WatchAsync(QuestDbWriter writer, JournalSource source, CancellationTokenSource ended)
    {
        string error = "";
        long reportAt = Environment.TickCount64 + (long)Report.TotalMilliseconds;
        while (!ended.IsCancellationRequested)
        {
            await Task.Delay(Wait, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (writer.Counters.LastError is { Length: > 0 } last && last != error)
            {
                error = last;
                await Console.Error.WriteLineAsync(last).ConfigureAwait(false);
            }

            if (source.HasEnded) await ended.CancelAsync().ConfigureAwait(false);
            if (Environment.TickCount64 < reportAt) continue;
            reportAt += (long)Report.TotalMilliseconds;
            Tell(writer);
        }
    }

    private static void Tell(QuestDbWriter writer)
    {
        var counters = writer.Counters;
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"questdb    {counters.RecordsTaken} records taken, {counters.RowsAcknowledged} rows acknowledged, {counters.RowsQuarantined} set aside, {counters.Requests} requests, {counters.Retries} retries, {counters.Errors} errors, {counters.LagNs / 1_000_000} ms behind"));
    }
}
