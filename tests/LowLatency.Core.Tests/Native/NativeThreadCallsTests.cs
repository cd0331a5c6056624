using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Native;

public sealed class NativeThreadCallsTests : ThreadCallsFixture
{
    public NativeThreadCallsTests()
        : base(new NativeThreadCalls()) => NativeLibraryFact.SkipWhereAbsent();
}
