using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Native;

/// <summary>Skips, by name, what needs the native library.</summary>
internal static class NativeLibraryFact
{
    public static void SkipWhereAbsent() => Assert.SkipWhen(NativeFactory.Problem is not null, $"native library: {NativeFactory.Problem}");
}
