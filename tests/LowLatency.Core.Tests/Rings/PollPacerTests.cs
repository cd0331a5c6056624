using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Rings;
using LowLatency.Core.Tests.Agents;

namespace LowLatency.Core.Tests.Rings;

public sealed class PollPacerTests
{
    private const int Limit = RingConsumer<SmallEvent>.DefaultPacing;

    // Mostly few events, now and then none or many, as long runs of one kind.
    private static readonly Gen<int> Look = Gen.Frequency((2, Gen.Choose(1, 20)), (8, Gen.Choose(1, PollPacer.MostFullLook - 1)), (2, Gen.Choose(-3, 0)), (2, Gen.Choose(PollPacer.MostFullLook, 5000)));

    private static readonly Arbitrary<int[]> Looks = Arb.From(Look.ArrayOf(200), ArbMap.Default.ArbFor<int[]>().Shrinker);

    [Fact]
    public void Should_Not_Delay_A_Burst_Up_To_Its_Patience()
    {
        var pacer = new PollPacer(Limit, PollPacer.MostFullLook);
        for (int look = 0; look < PollPacer.Patience; look++)
        {
            pacer.Looked(PollPacer.Few + 1);
            Assert.Equal(0, pacer.Pauses);
        }

        pacer.Looked(PollPacer.Few + 1);
        Assert.Equal(1, pacer.Pauses);
    }

    [Fact]
    public void Should_Double_Its_Pause_Up_To_The_Limit_And_Shorten_It_When_Looks_Bring_Much()
    {
        var pacer = new PollPacer(Limit, PollPacer.MostFullLook);
        int[] pauses = new int[PollPacer.Patience + 10];
        for (int look = 0; look < pauses.Length; look++)
        {
            pacer.Looked(PollPacer.MostFullLook - 1);
            pauses[look] = pacer.Pauses;
        }

        Assert.Equal([1, 3, 7, 15, 31, 63, 127, 128, 128, 128], pauses[PollPacer.Patience..]);
        pacer.Looked(PollPacer.MostFullLook);
        Assert.Equal(112, pacer.Pauses);
        pacer.Looked(2 * PollPacer.MostFullLook);
        Assert.Equal(56, pacer.Pauses);
    }

    [Fact]
    public void Should_Not_Wait_At_All_When_Told_So()
    {
        var pacer = new PollPacer(0, PollPacer.MostFullLook);
        for (int look = 0; look < 100; look++) pacer.Looked(PollPacer.MostFullLook - 1);
        Assert.Equal(0, pacer.Pauses);
    }

    [Fact]
    public void Should_Never_Begin_To_Pause_While_Events_Come_One_By_One()
    {
        var pacer = new PollPacer(Limit, PollPacer.MostFullLook);
        for (int look = 0; look < 1000; look++) pacer.Looked(PollPacer.Few);
        Assert.Equal(0, pacer.Pauses);
    }

    [Theory]
    [InlineData(10_000_000)]
    [InlineData(3_000_000)]
    public void Should_Stop_Pausing_When_A_Storm_Calms_Down(int eventsPerSecond)
    {
        var pacer = new PollPacer(Limit, PollPacer.MostFullLook);
        for (int look = 0; look < 100; look++) pacer.Looked(PollPacer.MostFullLook - 1);
        Assert.Equal(Limit, pacer.Pauses);
        // What a look finds at a rate follows from how long it and the pauses before it take: 50 ns and 12 ns each.
        double gathered = 0;
        for (int look = 0; look < 200; look++)
        {
            gathered += eventsPerSecond * 1e-9 * (50 + (12 * pacer.Pauses));
            pacer.Looked((long)gathered);
            gathered -= Math.Floor(gathered);
        }

        Assert.Equal(0, pacer.Pauses);
    }

    [Fact]
    public void Should_Stay_Within_Its_Bounds_After_Any_Looks() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true), Prop.ForAll(Looks, Run));

    [Theory]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void Should_Refuse_A_Pacing_Out_Of_Range(int pauses)
    {
        RingConsumer<SmallEvent> consumer = new RingBuffer<SmallEvent>(2, ProducerMode.Single).AddConsumer();
        Assert.Throws<ArgumentOutOfRangeException>(nameof(pauses), () => consumer.WithPacing(pauses));
        Assert.Same(consumer, consumer.WithPacing(10_000).WithPacing(0));
    }

    [Fact]
    public void Should_Not_Delay_A_Consumer_That_Parks_After_Each_Event()
    {
        // One empty poll, then the parker asks: an event a millisecond must not look like a stream that is too fast.
        var ring = new RingBuffer<SmallEvent>(2, ProducerMode.Single);
        RingConsumer<SmallEvent> consumer = ring.AddConsumer();
        for (int i = 0; i < 1000; i++)
        {
            ring.TryClaim(1, out long first);
            ring.Publish(first, 1);
            Assert.Equal(1, consumer.Poll(8).Length);
            consumer.Advance(1);
            Assert.True(consumer.Poll(8).IsEmpty);
            Assert.False(consumer.HasEvents());
            Assert.Equal(0, consumer.PacerPauses);
        }
    }

    [Fact]
    public void Should_Not_Delay_One_That_Joined_Ahead_Of_Those_It_Follows()
    {
        var ring = new RingBuffer<SmallEvent>(64, ProducerMode.Single);
        RingConsumer<SmallEvent> front = ring.AddConsumer();
        ring.TryClaim(9, out long first);
        ring.Publish(first, 9);
        RingConsumer<SmallEvent> joiner = ring.Join(null, front);
        for (int i = 0; i < 100; i++) Assert.True(joiner.Poll(8).IsEmpty);
        Assert.Equal(0, joiner.PacerPauses);
        Assert.Equal(8, joiner.Position);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(16)]
    [InlineData(256)]
    [InlineData(4096)]
    public void Should_Not_Keep_A_Full_Ring_Waiting(int capacity)
    {
        foreach (ProducerMode mode in Enum.GetValues<ProducerMode>())
        {
            var ring = new RingBuffer<SmallEvent>(capacity, mode);
            RingConsumer<SmallEvent> consumer = ring.AddConsumer();
            for (int round = 0; round < 200; round++)
            {
                ring.TryClaim(capacity, out long first);
                ring.Publish(first, capacity);
                for (int left = capacity; left > 0;)
                {
                    int taken = consumer.Poll(left).Length;
                    consumer.Advance(taken);
                    left -= taken;
                }
            }

            Assert.Equal(0, consumer.PacerPauses);
        }
    }

    private static void Run(int[] looks)
    {
        var pacer = new PollPacer(Limit, PollPacer.MostFullLook);
        int few = 0;
        int empty = 0;
        foreach (int found in looks)
        {
            int before = pacer.Pauses;
            pacer.Looked(found);
            empty = found <= 0 ? empty + 1 : 0;
            if (empty >= 2) few = 0;
            else if (found > 0 && found < PollPacer.MostFullLook) few = found <= PollPacer.Few + (before >> 2) ? 0 : few + 1;
            Assert.InRange(pacer.Pauses, 0, Math.Min(Limit, (2 * before) + 1));
            if (empty >= 2) Assert.Equal(0, pacer.Pauses);
            if (few <= PollPacer.Patience) Assert.True(pacer.Pauses <= before);
            if (found >= PollPacer.MostFullLook) Assert.True(pacer.Pauses <= before);
        }
    }
}
