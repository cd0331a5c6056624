namespace LowLatency.Feeds.Csv;

/// <summary>A row of a file that could not be read.</summary>
/// <param name="File">The file's path, as it was given.</param>
/// <param name="Line">Its line, from 1; the header is line 1.</param>
/// <param name="Column">The column that could not be read; empty when it is the row as a whole.</param>
/// <param name="Text">The field's or the row's text, at most 80 characters of it.</param>
/// <param name="Message">What is wrong with it and what was expected.</param>
public sealed record RowProblem(string File, long Line, string Column, string Text, string Message)
{
    /// <summary>The problem as one line: file(line): message.</summary>
    public override string ToString() =>
        Column.Length == 0 ? $"{File}({Line}): {Message}: \"{Text}\"" : $"{File}({Line}): {Column}: {Message}: \"{Text}\"";
}
