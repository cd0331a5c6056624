namespace LowLatency.Feeds.Csv;

/// <summary>Why a file, or the rest of it, was not replayed.</summary>
/// <param name="File">The file's path, as it was given.</param>
/// <param name="Message">What is wrong with it, and what was replayed of it.</param>
public sealed record FileProblem(string File, string Message)
{
    /// <summary>The problem as one line: file: message.</summary>
    public override string ToString() => $"{File}: {Message}";
}
