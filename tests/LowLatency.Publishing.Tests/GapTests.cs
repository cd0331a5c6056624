using LowLatency.Core.Rings;

namespace LowLatency.Publishing.Tests;

/// <summary>Gaps, which are on the status stream together with what is of no stream.</summary>
public sealed class GapTests
{
    [Fact]
    public void Should_Keep_A_Gap_That_Comes_Behind_A_Snapshot_That_Has_Not_Been_Read_Yet()
    {
        using var world = new TestWorld();
        var source = new TestStreams();
        StreamPublisher publisher = world.Publish(source.Streams);
        source.OneOfEach("A", 1);
        StreamSubscriber subscriber = world.Subscribe();
        world.Until(() => subscriber.Known.IsCompleted, "it is known what is published");
        BroadcastReader reader = subscriber.Streams!.AddReader();
        world.Halt(subscriber);
        subscriber.Release();
        // It asks for its snapshot, and stands still; the answer and what follows lie there.
        subscriber.DoWork();
        for (int i = 0; i < 200; i++) world.Turn();
        source.OneOfEach("A", 2);
        world.Until(() => publisher.IsDrained, "it is sent");
        world.Resume(subscriber);
        List<byte[]> got = [];
        world.Until(() => { got.AddRange(TestStreams.ReadAll(reader)); return subscriber.Phase == SubscriberPhase.Live && got.Count >= source.Newest().Count * 2; }, "both have come");
        Assert.Equal(source.Newest(), TestStreams.NewestOf(source.Streams, got));
        source.OneOfEach("A", 3);
        world.Until(() => { got.AddRange(TestStreams.ReadAll(reader)); return got.Count >= source.Newest().Count * 3; }, "what follows has come");
        Assert.Equal(0, subscriber.Missed);
    }
}
