using System.Net.Sockets;
using LowLatency.Core.Native;
using LowLatency.Core.Tests.Native;

namespace LowLatency.Core.Tests.Datagrams;

public sealed class NativeDatagramTests : DatagramFixture
{
    public NativeDatagramTests()
        : base(Factory())
    {
    }

    private protected override bool HasKernelTime => true;

    [Fact]
    public void Should_Refuse_What_Is_No_Socket_Any_More()
    {
        var closed = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        closed.Dispose();
        Assert.Contains("EBADF", Assert.Throws<IOException>(() => Factory().CreateDatagramReceiver(closed, 1, 64)).Message, StringComparison.Ordinal);
    }

    private static NativeFactory Factory()
    {
        NativeLibraryFact.SkipWhereAbsent();
        return NativeFactory.Choose(NativeMode.On);
    }
}
