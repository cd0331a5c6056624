using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LowLatency.Core.Memory;

/// <summary>Checks that cost nothing in a release build.</summary>
internal static class Invariant
{
    [Conditional("DEBUG")]
    public static void Holds([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition) throw new InvalidOperationException("An invariant of LowLatency.Core does not hold.");
    }
}
