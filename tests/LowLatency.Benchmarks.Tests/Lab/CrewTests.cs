using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class CrewTests
{
    [Fact]
    public void Should_Tell_The_Error_Of_A_Body_While_Others_Still_Wait_For_It()
    {
        using var released = new ManualResetEvent(false);
        try
        {
            // The first would be waited for in vain.
            LabException thrown = Assert.Throws<LabException>(() => Crew.Run(TimeSpan.Zero, () => released.WaitOne(), () => throw new InvalidOperationException("it broke")));
            Assert.Equal("it broke", thrown.Message);
        }
        finally
        {
            released.Set();
        }
    }

    [Fact]
    public void Should_Wait_For_All_Bodies()
    {
        using var second = new ManualResetEvent(false);
        bool[] ended = new bool[2];
        Crew.Run(
            TimeSpan.Zero,
            () =>
            {
                second.WaitOne();
                ended[0] = true;
            },
            () =>
            {
                ended[1] = true;
                second.Set();
            });
        Assert.Equal([true, true], ended);
    }
}
