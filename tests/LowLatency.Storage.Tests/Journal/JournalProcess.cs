using System.Diagnostics;
using System.Globalization;
using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

/// <summary>This executable, started again as a process that writes a journal or a cursor without end and tells how far it has come, until it is killed.</summary>
internal sealed class JournalProcess : IDisposable
{
    private readonly Process _process;

    private JournalProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static JournalProcess Start(string role, params string[] options) =>
        new(Process.Start(new ProcessStartInfo("dotnet", [typeof(JournalProcess).Assembly.Location, "journal", role, .. options]) { RedirectStandardOutput = true, RedirectStandardInput = true })!);

    /// <summary>Plays a part.</summary>
    public static int Play(string[] arguments)
    {
        switch (arguments[0])
        {
            case "append":
                return Append(arguments[1], Enum.Parse<JournalDurability>(arguments[2]), int.Parse(arguments[3], CultureInfo.InvariantCulture));
            case "save":
                return Save(arguments[1]);
            default:
                Console.Error.WriteLine($"There is no role {arguments[0]}.");
                return 2;
        }
    }

    /// <summary>The next number that it tells.</summary>
    public long Number() => long.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"It ended: {_process.ExitCode}."), CultureInfo.InvariantCulture);

    /// <summary>Kills it, and takes the last number that it told before.</summary>
    public long Kill()
    {
        long last = -1;
        // What it told and nobody has read counts too, up to the last whole line.
        var told = new Thread(() =>
        {
            string text = _process.StandardOutput.ReadToEnd();
            int end = text.LastIndexOf('\n');
            if (end <= 0) return;
            last = long.Parse(text[(text.LastIndexOf('\n', end - 1) + 1)..end], CultureInfo.InvariantCulture);
        });
        told.Start();
        _process.Kill();
        _process.WaitForExit();
        told.Join();
        return last;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Appends of 1 to 40 records, whose numbers are their ordinals; each is told when it has been appended.
    private static int Append(string folder, JournalDurability durability, int segmentRecords)
    {
        using JournalWriter writer = JournalWriter.Open(new JournalSettings { Folder = folder, Name = JournalFolder.Name, SegmentRecords = segmentRecords, IndexRecords = 16, Durability = durability, SyncIntervalMs = 1 });
        using var told = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        told.WriteLine(writer.NextOrdinal);
        while (true)
        {
            long next = writer.NextOrdinal;
            byte[] records = JournalFolder.Records((ulong)next, 1 + (int)(next % 40));
            if (!writer.Append(records, next)) return 1;
            told.WriteLine(writer.NextOrdinal);
        }
    }

    private static int Save(string folder)
    {
        JournalCursor cursor = JournalCursor.Open(folder, JournalFolder.Name, "reader");
        using var told = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (long ordinal = cursor.Ordinal + 1; ; ordinal++)
        {
            cursor.Save(ordinal, isDurable: ordinal % 16 == 0);
            told.WriteLine(ordinal);
        }
    }
}
