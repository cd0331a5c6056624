using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Native;

public sealed class LibcThreadCallsTests : ThreadCallsFixture
{
    public LibcThreadCallsTests()
        : base(new LibcThreadCalls()) => Assert.SkipUnless(OperatingSystem.IsLinux(), "the twin makes Linux's calls");
}
