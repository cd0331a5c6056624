namespace LowLatency.Storage.Journal;

/// <summary>The records of a journal that a <see cref="JournalFilter"/> wants: what cannot match is skipped by the index, the rest is looked at. Made by <see cref="JournalReader.Range"/>.</summary>
public sealed class JournalRange
{
    private readonly JournalReader _reader;
    private readonly JournalFilter _filter;
    private long _end;

    internal JournalRange(JournalReader reader, in JournalFilter filter)
    {
        _reader = reader;
        _filter = filter;
    }

    /// <summary>Ordinal of the first of the records that were given last.</summary>
    public long Ordinal { get; private set; }

    /// <summary>The next records that are wanted and follow on one another.</summary>
    /// <returns>Their bytes, valid until the next call; none when there are no more at the time: later there may be, unless the filter's last ordinal is reached. The reader's state tells when some are gone.</returns>
    /// <exception cref="JournalException">A file is damaged or cannot be read.</exception>
    public ReadOnlySpan<byte> Next()
    {
        while (_reader.Position < _filter.ToOrdinal)
        {
            if (_reader.Position >= _end && !_reader.TryBlock(in _filter, out _end)) return default;
            long first = _reader.Position;
            if (first >= _filter.ToOrdinal) return default;
            ReadOnlySpan<byte> records = _reader.Next((int)Math.Min(int.MaxValue, Math.Min(_end, _filter.ToOrdinal) - first));
            if (records.IsEmpty) return default;
            int length = _reader.RecordBytes;
            int from = 0;
            while (from < records.Length && !_filter.Matches(records.Slice(from, length))) from += length;
            if (from == records.Length) continue;
            int to = from + length;
            while (to < records.Length && _filter.Matches(records.Slice(to, length))) to += length;
            Ordinal = first + (from / length);
            // The rest is looked at by the next call.
            _reader.Return(first + (to / length));
            return records[from..to];
        }

        return default;
    }
}
