using System.Globalization;

namespace LowLatency.Storage.Journal;

/// <summary>The right to write a journal, which one process has at a time; the system gives it back when the process dies.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <summary>Takes it.</summary>
    /// <param name="files">The journal's files.</param>
    /// <exception cref="JournalException">Another has it; the message tells its process.</exception>
    public static JournalLock Take(JournalFiles files)
    {
        FileStream file;
        try
        {
            file = new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException thrown) when (File.Exists(files.Lock))
        {
            throw new JournalException($"{files} is written by {Holder(files)} already: {files.Lock} is locked. End that process, or give this journal another name or folder.", thrown);
        }

        // Beside it: the locked file itself cannot be read by others.
        File.WriteAllText(files.LockHolder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new JournalLock(file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string Holder(JournalFiles files)
    {
        try
        {
            return $"process {File.ReadAllText(files.LockHolder)}";
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}
