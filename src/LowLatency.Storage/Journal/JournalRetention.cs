namespace LowLatency.Storage.Journal;

/// <summary>Removes sealed segments that are too old or too many, the oldest first: never the active one, and where settings say so, none that a cursor has not read to its end.</summary>
internal sealed class JournalRetention(JournalFiles files, JournalSettings settings)
{
    /// <summary>Why something stayed that should go; null when nothing did.</summary>
    public string? Problem { get; private set; }

    /// <summary>Whether there is anything to do, ever.</summary>
    public bool IsAsked => settings.RetainMs > 0 || settings.RetainBytes > 0;

    /// <summary>Removes what is to go.</summary>
    /// <param name="nowMs">Now: milliseconds since 1970.</param>
    /// <returns>Number of segments removed.</returns>
    public int Run(long nowMs)
    {
        Problem = null;
        long[] segments = files.Segments();
        long total = segments.Sum(Length) + LengthOf(files.NextData) + LengthOf(files.NextIndex);
        long needed = settings.RetainForCursors ? Needed() : long.MaxValue;
        int removed = 0;
        for (; removed < segments.Length - 1; removed++)
        {
            long first = segments[removed];
            bool isTooMuch = settings.RetainBytes > 0 && total > settings.RetainBytes;
            if (!isTooMuch && !IsTooOld(first, nowMs)) break;
            // The next segment begins where this one ends.
            if (segments[removed + 1] > needed)
            {
                Problem ??= $"{files.Data(first)} is kept for a cursor that stands at record {needed}.";
                break;
            }

            total -= Length(first);
            // An index without records is what a death in between leaves, and means nothing else.
            File.Delete(files.Data(first));
            File.Delete(files.Index(first));
        }

        return removed;
    }

    private static long LengthOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? file.Length : 0;
    }

    private long Length(long first) => LengthOf(files.Data(first)) + LengthOf(files.Index(first));

    private bool IsTooOld(long first, long nowMs)
    {
        if (settings.RetainMs == 0) return false;
        IndexFile index = IndexFile.Open(files.Index(first), writable: false);
        bool isTooOld = index.IsSealed && nowMs - (index.SealedNs / 1_000_000) > settings.RetainMs;
        index.Unmap();
        return isTooOld;
    }

    private long Needed()
    {
        long least = long.MaxValue;
        foreach (string name in files.Cursors())
        {
            try
            {
                least = Math.Min(least, Math.Max(0, JournalCursor.Open(files.Folder, files.Name, name).Ordinal));
            }
            catch (JournalException thrown)
            {
                // What it needs is not known.
                Problem = thrown.Message;
                least = 0;
            }
        }

        return least;
    }
}
