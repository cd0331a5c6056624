namespace LowLatency.Benchmarks.Report;

/// <summary>A table of plain text: the first column to the left, the others to the right.</summary>
/// <param name="headings">The headings of the columns.</param>
public sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [headings];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are headings.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != headings.Length) throw new ArgumentException($"A row has {headings.Length} cells, not {cells.Length}.", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>The lines, headings first, then a rule.</summary>
    public IEnumerable<string> Lines() => Lines(numbers: true);

    /// <summary>The same with every column to the left.</summary>
    public IEnumerable<string> LeftLines() => Lines(numbers: false);

    private IEnumerable<string> Lines(bool numbers)
    {
        int[] widths = [.. Enumerable.Range(0, headings.Length).Select(column => _rows.Max(row => row[column].Length))];
        for (int i = 0; i < _rows.Count; i++)
        {
            yield return string.Join("  ", _rows[i].Select((cell, column) => column == 0 || !numbers ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();
            if (i == 0) yield return string.Join("  ", widths.Select(width => new string('-', width)));
        }
    }
}
