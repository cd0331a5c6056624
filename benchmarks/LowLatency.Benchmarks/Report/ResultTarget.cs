using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Report;

/// <summary>A file that the command line names for results.</summary>
public static class ResultTarget
{
    /// <summary>Opens a file for writing and leaves it as it was: before the measuring, because nobody wants to learn afterwards that there is no place for what came out.</summary>
    /// <param name="option">The option that names it, for the message.</param>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="LabException">It cannot be written.</exception>
    public static void Check(string option, string? path)
    {
        if (path is null) return;
        try
        {
            bool existed = File.Exists(path);
            File.Open(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
            if (!existed) File.Delete(path);
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            throw new LabException($"{option}: '{path}' cannot be written ({failure.Message}); give a file in a folder that exists and may be written to.", failure);
        }
    }

    /// <summary>Writes results.</summary>
    /// <param name="option">The option that names the file, for the message.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="write">Writes it.</param>
    /// <returns>What went wrong; null when nothing did.</returns>
    public static string? Write(string option, string? path, Action<string> write)
    {
        if (path is null) return null;
        try
        {
            write(path);
            return null;
        }
        catch (Exception failure) when (IsRefusal(failure))
        {
            return $"{option}: '{path}' was not written: {failure.Message}";
        }
    }

    private static bool IsRefusal(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
