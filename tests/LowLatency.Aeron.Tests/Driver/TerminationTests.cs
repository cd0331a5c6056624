using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Protocol;
using LowLatency.Aeron.Tests.Simulation;

namespace LowLatency.Aeron.Tests.Driver;

public sealed class TerminationTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("secret", true)]
    [InlineData("guess", false)]
    public void Should_End_By_A_Command_Only_Where_The_Application_Agrees(string? token, bool ends)
    {
        bool isTold = false;
        using var world = new World(directory => new MediaDriverContext
        {
            Directory = directory, UsesInvoker = true, OnTerminated = () => isTold = true,
            TerminationValidator = token is null ? null : given => given.SequenceEqual("secret"u8),
        });
        using var raw = new RawClient(world);
        Assert.Empty(raw.Send((int)CommandType.TerminateDriver, Command(raw, token ?? "")));
        Assert.Equal((ends, ends), (world.Driver.IsClosed, isTold));
        Assert.Equal(!ends, File.Exists(Path.Combine(world.DriverDirectory, "cnc.dat")));
        Assert.Equal(0, world.Driver.Invoke());
        if (!ends) return;
        // The folder is free for the next one at once.
        using MediaDriver next = MediaDriver.Launch(new MediaDriverContext { Directory = world.DriverDirectory, UsesInvoker = true });
        world.Driver.Dispose();
        Assert.True(File.Exists(Path.Combine(world.DriverDirectory, "cnc.dat")));
    }

    private static byte[] Command(RawClient raw, string token)
    {
        byte[] body = new byte[CorrelatedMessage.Length + sizeof(int) + token.Length];
        raw.Next().Write(body);
        MessageText.Write(body, CorrelatedMessage.Length, System.Text.Encoding.ASCII.GetBytes(token));
        return body;
    }
}
