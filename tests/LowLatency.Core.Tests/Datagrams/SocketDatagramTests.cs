using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Datagrams;

public sealed class SocketDatagramTests : DatagramFixture
{
    public SocketDatagramTests()
        : base(NativeFactory.Choose(NativeMode.Off))
    {
    }

    private protected override bool HasKernelTime => false;
}
