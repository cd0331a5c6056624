using System.Runtime.InteropServices;

namespace LowLatency.Core.Memory;

/// <summary>
/// A 64-bit word alone on its cache lines: 128 bytes on each side, because processors fetch lines in adjacent pairs. For words that one thread
/// writes and others read.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 264)]
public struct PaddedLong
{
    /// <summary>The word.</summary>
    [FieldOffset(128)]
    public long Value;
}
