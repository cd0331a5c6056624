namespace LowLatency.Core.Errors;

/// <summary>
/// An entry of a distinct error log: Aeron's layout byte for byte. Entries follow each other from offset 0, each aligned to 8; a length of 0 ends them.
/// <code>
///    0 +-------------------------------+
///      | length (i32)                  |  24 + bytes of the text; written last and released
///    4 +-------------------------------+
///      | observations (i32)            |  added to atomically
///    8 +-------------------------------+
///      | last observed (i64)           |  milliseconds since 1970
///   16 +-------------------------------+
///      | first observed (i64)          |  milliseconds since 1970
///   24 +-------------------------------+
///      | text (UTF-8)                  |
///      +-------------------------------+
/// </code>
/// </summary>
public static class ErrorLogLayout
{
    /// <summary>Bytes of an entry before its text.</summary>
    public const int HeaderBytes = 24;

    internal const int LengthOffset = 0;
    internal const int CountOffset = 4;
    internal const int LastMsOffset = 8;
    internal const int FirstMsOffset = 16;
    internal const int TextOffset = HeaderBytes;

    internal static long Align(long length) => (length + 7) & ~7L;
}
