using System.Text;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Errors;

/// <summary>Reads a distinct error log, this project's or Aeron's, while it is written.</summary>
public static class ErrorLogReader
{
    /// <summary>All entries, in the order in which they were first observed. An entry that makes no sense, of a file that was damaged, ends them.</summary>
    /// <param name="log">The log's memory.</param>
    public static IReadOnlyList<LoggedError> ReadAll(MemoryView log)
    {
        var entries = new List<LoggedError>();
        long offset = 0;
        while (log.Length - offset >= ErrorLogLayout.HeaderBytes)
        {
            // Acquire: what the length announces is read after it.
            int length = log.GetInt32Volatile(offset + ErrorLogLayout.LengthOffset);
            if (length < ErrorLogLayout.HeaderBytes || length > log.Length - offset) break;
            byte[] text = new byte[length - ErrorLogLayout.HeaderBytes];
            log.GetBytes(offset + ErrorLogLayout.TextOffset, text);
            long lastMs = log.GetInt64Volatile(offset + ErrorLogLayout.LastMsOffset);
            int count = log.GetInt32Volatile(offset + ErrorLogLayout.CountOffset);
            entries.Add(new LoggedError(count, log.GetInt64(offset + ErrorLogLayout.FirstMsOffset), lastMs, Encoding.UTF8.GetString(text)));
            offset += ErrorLogLayout.Align(length);
        }

        return entries;
    }
}
