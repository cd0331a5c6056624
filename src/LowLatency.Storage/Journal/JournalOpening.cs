using LowLatency.Core.Memory;

namespace LowLatency.Storage.Journal;

/// <summary>
/// Opens what a journal's folder holds for writing: finishes what a process left half done, checks what may be damaged, cuts what is. What it cuts it sets aside, so that it can be looked at.
/// Dying in the midst of it is no harm: the next opening finds the same.
/// </summary>
internal sealed class JournalOpening(JournalFiles files, JournalSettings settings, NumpyHeader header)
{
    private readonly List<string> _cutFiles = [];
    private long _recordsCut;
    private int _segmentsCut;
    private long _mark = long.MinValue;
    private long _next;

    /// <summary>The segment in which the journal goes on; null when a new one is to be begun.</summary>
    public SegmentWriter? Active { get; private set; }

    private bool Syncs => settings.Durability != JournalDurability.None;

    /// <summary>Opens it.</summary>
    /// <exception cref="JournalException">Something is missing, damaged beyond the tail, of a newer version or of other records.</exception>
    public JournalRecovery Open()
    {
        long[] segments = FinishHalfDone();
        SegmentFile.Discard(files);
        bool whole = true;
        int from = FirstToCheck(segments);
        if (from > 0) CheckFollows(segments, from);
        for (int i = from; i < segments.Length; i++)
        {
            if (whole) whole = Recover(segments[i], isLast: i == segments.Length - 1);
            else SetAside(segments[i]);
        }

        if (_cutFiles.Count != 0) FolderNames.Flush(files.Folder);
        segments = files.Segments();
        return new JournalRecovery(segments.Length == 0 ? _next : segments[0], _next, _mark, _recordsCut, _segmentsCut, _cutFiles);
    }

    private long[] FinishHalfDone()
    {
        var data = files.DataSegments().ToList();
        var segments = files.Segments().ToList();
        // Retention removes the records first, and a new segment's records get their name first.
        while (segments.Count > 0 && !data.Contains(segments[0]) && (data.Count == 0 || data[0] > segments[0]))
        {
            // Were it the only one left, by somebody's hand, its ordinals and marks would not come again.
            IndexFile index = IndexFile.Open(files.Index(segments[0]), writable: false);
            _next = index.First + index.Committed;
            _mark = index.Closed > 0 ? index.Entry(index.Closed - 1).Mark : index.MarkBefore;
            index.Unmap();
            File.Delete(files.Index(segments[0]));
            segments.RemoveAt(0);
        }

        if (segments.Count > 0) _next = 0;

        if (data.Count > 0 && File.Exists(files.NextIndex) && !File.Exists(files.NextData) && (segments.Count == 0 || segments[^1] < data[^1]) && !segments.Contains(data[^1]))
        {
            File.Delete(files.Data(data[^1]));
            data.RemoveAt(data.Count - 1);
        }

        long missingIndex = data.Except(segments).DefaultIfEmpty(-1).First();
        if (missingIndex >= 0) throw new JournalException($"{files.Data(missingIndex)} has no index beside it. Bring {files.Index(missingIndex)} back, or move the records away; NumPy reads them without.");
        long missingData = segments.Except(data).DefaultIfEmpty(-1).First();
        if (missingData >= 0) throw new JournalException($"{files.Data(missingData)} is missing. Bring it back, or move {files.Index(missingData)} and all segments before it away.");
        return [.. segments];
    }

    // Backwards to the first segment that can hold no damage: on disk as a whole, or written since the machine was started and sealed.
    private int FirstToCheck(long[] segments)
    {
        if (settings.VerifiesAll) return 0;
        for (int i = segments.Length - 2; i >= 0; i--)
        {
            IndexFile index = IndexFile.Open(files.Index(segments[i]), writable: false);
            bool isSure = index.IsSealed && (index.IsDurable || (!Syncs && MachineStart.IsCurrent(index.MachineStart)));
            index.Unmap();
            if (isSure) return i + 1;
        }

        return 0;
    }

    private void CheckFollows(long[] segments, int from)
    {
        for (int i = 0; i < from; i++)
        {
            IndexFile index = IndexFile.Open(files.Index(segments[i]), writable: false);
            _next = index.First + index.Committed;
            index.Unmap();
            if (_next != segments[i + 1])
                throw new JournalException($"{files.Data(segments[i])} ends before record {_next}, and the next segment is {files.Data(segments[i + 1])}. Bring the segments between them back, or move those before the gap away.");
        }
    }

    // Whether the segment is as it should be, so that those behind it count.
    private bool Recover(long first, bool isLast)
    {
        IndexFile index = IndexFile.Open(files.Index(first), writable: true);
        MappedFile? data = null;
        try
        {
            if (index.RecordBytes != settings.RecordBytes)
                throw new JournalException($"{files.Data(first)} has records of {index.RecordBytes} bytes, journal.record_bytes is {settings.RecordBytes}. Give the journal another name, or move its files away.");
            if (index.First != first) throw new JournalException($"{files.Index(first)} is the index of the segment that begins at {index.First}: it was renamed. Give it its name back.");
            if (_next > 0 && first != _next) throw new JournalException($"{files.Data(first)} does not follow on record {_next - 1}, the last before it. Bring the segments between them back, or move those before the gap away.");
            data = MappedFile.Open(files.Data(first), writable: true);
            if (data.Length < NumpyHeader.Bytes) throw new JournalException($"{files.Data(first)} has {data.Length} bytes, less than its header. Bring it back, or move it and its index away.");
            SegmentCheck check = SegmentCheck.Of(index, data.View, settings.VerifiesAll || !MachineStart.IsCurrent(index.MachineStart));
            if (check.Open.Count > 0 && check.Closed >= index.EntryCapacity) throw new JournalException($"{files.Index(first)} was shortened: there is no room for what it knows. Bring it back from where it was copied, or move it and the records beside it away.");
            _next = first + check.Records;
            if (check.Mark != long.MinValue) _mark = check.Mark;
            bool isWhole = check.Claimed == check.Records;
            if (!isWhole) Cut(data, index, check);
            int shapeOffset = NumpyHeader.FindShape(data.View.Bytes(0, NumpyHeader.Bytes));
            if (shapeOffset < 0)
            {
                // The machine's crash can take a page that was written long before.
                data.View.PutBytes(0, header.Page);
                shapeOffset = header.ShapeOffset;
            }

            Mend(data, index, check, shapeOffset, isWhole);
            if (check.Records == 0 && index.Capacity != settings.SegmentRecords) return Discard(data, index, isWhole);
            bool isFull = data.Length >= NumpyHeader.Bytes + ((long)index.Capacity * index.RecordBytes) && index.EntryCapacity >= 2;
            if (!index.IsSealed && isFull && (isLast || !isWhole))
            {
                Active = new SegmentWriter(data, index, shapeOffset, settings.IndexRecords, check.Open);
                return isWhole;
            }

            if (!index.IsSealed || !isWhole)
            {
                var writer = new SegmentWriter(data, index, shapeOffset, settings.IndexRecords, check.Open);
                writer.Seal(NowNs());
                writer.Finish(files, Syncs);
                if (check.Records == 0) Remove(first);
            }
            else
            {
                if (Syncs && !index.IsDurable)
                {
                    data.Flush();
                    index.Flush();
                    index.SetDurable();
                }

                data.Unmap();
                index.Unmap();
                SegmentFile.Shorten(files.Data(first), NumpyHeader.Bytes + ((long)check.Records * settings.RecordBytes));
            }

            return isWhole;
        }
        catch
        {
            data?.Unmap();
            index.Unmap();
            throw;
        }
    }

    // An empty segment of another size: the new one takes its name, and readers find it there because this one is sealed.
    private bool Discard(MappedFile data, IndexFile index, bool isWhole)
    {
        long first = index.First;
        index.Seal(NowNs());
        data.Unmap();
        index.Unmap();
        Remove(first);
        return isWhole;
    }

    private long NowNs() => settings.Clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;

    // What was begun and not finished, or did not reach the disk, goes into a file of its own.
    private void Cut(MappedFile data, IndexFile index, in SegmentCheck check)
    {
        _recordsCut += check.Claimed - check.Records;
        long from = NumpyHeader.Bytes + ((long)check.Records * index.RecordBytes);
        long to = Math.Min(data.Length, NumpyHeader.Bytes + (check.Claimed * index.RecordBytes));
        string path = Aside(files.Data(index.First + check.Records));
        using (FileStream aside = File.Create(path))
        {
            for (long at = from; at < to; at += 1 << 20) aside.Write(data.View.Bytes(at, (int)Math.Min(1 << 20, to - at)));
        }

        _cutFiles.Add(path);
    }

    private static void Mend(MappedFile data, IndexFile index, in SegmentCheck check, int shapeOffset, bool isWhole)
    {
        if (!isWhole)
        {
            for (int i = 0; i < IndexFile.Slots; i++)
            {
                // The best slot stays until the new writer has written it again.
                if (index.Slot(i).EntryChecksum != check.Open.EntryChecksum) index.PutSlot(i, default);
            }

            index.ClearFrom(check.Closed);
        }

        index.CommittedWord.SetOrdered(check.Records);
        index.Closed = check.Closed;
        data.View.PutInt64Ordered(shapeOffset, NumpyHeader.ShapeOf(check.Records));
        index.MachineStart = MachineStart.Current;
        if (isWhole) return;
        data.Flush();
        index.Flush();
    }

    private void SetAside(long first)
    {
        IndexFile index = IndexFile.Open(files.Index(first), writable: false);
        _recordsCut += Math.Clamp(index.Committed, 0, index.Capacity);
        index.Unmap();
        _segmentsCut++;
        foreach (string path in (string[])[files.Data(first), files.Index(first)])
        {
            string aside = Aside(path);
            File.Move(path, aside);
            _cutFiles.Add(aside);
        }
    }

    private void Remove(long first)
    {
        File.Delete(files.Data(first));
        File.Delete(files.Index(first));
    }

    private static string Aside(string path)
    {
        string aside = path + ".cut";
        for (int i = 2; File.Exists(aside); i++) aside = $"{path}.cut{i}";
        return aside;
    }
}
