using System.Text;
using LowLatency.Core.Clocks;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Errors;

/// <summary>
/// A log that holds each distinct error once, with how often and when it was observed: an error that comes a million times takes no more room than
/// one. Errors are the same when their texts are, whatever their details. Any thread may write; it locks and allocates, and is not for the hot path.
/// </summary>
public sealed class DistinctErrorLog
{
    /// <summary>Most bytes of a text with its details; of longer ones the rest is cut off, and errors whose texts differ only there are the same.</summary>
    public const int MaxTextBytes = 8192;

    private readonly Lock _lock = new();
    private readonly MemoryView _memory;
    private readonly IClock _clock;
    private readonly Dictionary<string, long> _offsets = new(StringComparer.Ordinal);
    private long _end;

    /// <summary>Makes a log of memory that is zeroed.</summary>
    /// <param name="memory">Where it lies, aligned to 8.</param>
    /// <param name="clock">The time.</param>
    public DistinctErrorLog(MemoryView memory, IClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _memory = memory;
        _clock = clock;
    }

    /// <summary>Counts an error, and writes it down when it is the first of its kind.</summary>
    /// <param name="text">What it says, in a line.</param>
    /// <param name="details">What is written behind it when it is the first of its kind, a stack trace for one; its ToString is called only then.</param>
    /// <returns>False when it is a new one and the log is full: it is then nowhere written down.</returns>
    public bool Record(string text, object? details = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        // No more of it than could be kept: texts that are cut alike are one entry.
        if (text.Length > MaxTextBytes) text = text[..MaxTextBytes];
        lock (_lock)
        {
            long nowMs = _clock.EpochNs() / 1_000_000;
            if (!_offsets.TryGetValue(text, out long offset))
            {
                if (!TryAppend(Cut(details is null ? text : $"{text}\n{details}"), nowMs, out offset)) return false;
                _offsets.Add(text, offset);
            }

            _memory.GetAndAddInt32(offset + ErrorLogLayout.CountOffset, 1);
            _memory.PutInt64Ordered(offset + ErrorLogLayout.LastMsOffset, nowMs);
            return true;
        }
    }

    private static byte[] Cut(string text)
    {
        byte[] bytes = new byte[MaxTextBytes];
        Encoding.UTF8.GetEncoder().Convert(text, bytes, flush: true, out _, out int length, out _);
        return bytes[..length];
    }

    private bool TryAppend(byte[] text, long nowMs, out long offset)
    {
        offset = _end;
        int length = ErrorLogLayout.HeaderBytes + text.Length;
        if (ErrorLogLayout.Align(length) > _memory.Length - _end) return false;
        _memory.PutBytes(offset + ErrorLogLayout.TextOffset, text);
        _memory.PutInt64(offset + ErrorLogLayout.FirstMsOffset, nowMs);
        _memory.PutInt64(offset + ErrorLogLayout.LastMsOffset, nowMs);
        // Release: the entry is there before its length is.
        _memory.PutInt32Ordered(offset + ErrorLogLayout.LengthOffset, length);
        _end += ErrorLogLayout.Align(length);
        return true;
    }
}
