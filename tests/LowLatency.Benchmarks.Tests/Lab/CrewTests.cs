using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class CrewTests
{
    [Fact]
    public async Task Should_Tell_The_Error_Of_A_Body_While_Others_Still_Wait_For_It()
    {
        using var released = new ManualResetEvent(false);
        try
        {
            // The first would be waited for in vain, for a day.
            Task<CrewOutcome> run = Task.Run(() => Crew.Run(TimeSpan.FromDays(1), () => released.WaitOne(), () => throw new InvalidOperationException("it broke")));
            LabException thrown = await Assert.ThrowsAsync<LabException>(() => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
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
