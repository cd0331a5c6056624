using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

[Collection("Threads")]
public sealed class IntervalRecorderTests
{
    private const int Writers = 3;
    private const int Intervals = 40;

    [Fact]
    public void Should_Hand_Out_Each_Interval_Alone()
    {
        var recorder = new IntervalRecorder(1, 1000, 3);
        recorder.Record(5);
        recorder.RecordWithCount(7, 3);
        recorder.RecordCorrected(100, 40);
        LatencyHistogram first = recorder.TakeInterval();
        Assert.Equal((6, 100, 5), (first.Count, first.Max, first.Min));
        Assert.Equal((3, 1), (first.CountAtValue(7), first.CountAtValue(60)));
        recorder.Record(2000);
        recorder.Record(-1);
        LatencyHistogram second = recorder.TakeInterval();
        Assert.Equal((2, 1000, 1, 0), (second.Count, second.Max, second.Overflows, second.Min));
        Assert.Equal(0, recorder.TakeInterval().Count);
        Assert.Equal((0, 0), (recorder.TakeInterval().Overflows, recorder.TakeInterval().Max));
    }

    [Fact]
    public void Should_Correct_As_A_Histogram_Does()
    {
        var recorder = new IntervalRecorder();
        var histogram = new LatencyHistogram();
        foreach (long value in (long[])[-3, 0, 99, 12_345, 9_876_543, long.MaxValue])
        {
            recorder.RecordCorrected(value, 1000);
            histogram.RecordCorrected(value, 1000);
        }

        LatencyHistogram interval = recorder.TakeInterval();
        Assert.Equal(histogram.RecordedBuckets, interval.RecordedBuckets);
        Assert.Equal((histogram.Count, histogram.Max), (interval.Count, interval.Max));
    }

    [Fact]
    public void Should_Lose_No_Value_Of_Any_Thread_Over_Many_Intervals()
    {
        var recorder = new IntervalRecorder(1, 1_000_000, 3);
        var all = new LatencyHistogram(1, 1_000_000, 3);
        long[] rounds = new long[Writers];
        bool stop = false;
        Thread[] threads = [.. Enumerable.Range(0, Writers).Select(writer => new Thread(() =>
        {
            // Every writer has values of its own; one value of a round is above the highest.
            for (; !Volatile.Read(ref stop); rounds[writer]++)
            {
                for (int i = 0; i < 1000; i++) recorder.Record(i == 999 ? 2_000_000 : (writer * 500) + (i % 500));
            }
        }) { IsBackground = true })];
        foreach (Thread thread in threads) thread.Start();
        try
        {
            for (int taken = 0; taken < Intervals;)
            {
                LatencyHistogram interval = recorder.TakeInterval();
                if (interval.Count > 0) taken++;
                LatencyHistogram seen = interval.Copy();
                all.Add(interval);
                // Nobody writes into what was taken.
                Assert.Equal((seen.Count, seen.Overflows, seen.Max), (interval.Count, interval.Overflows, interval.Max));
                Assert.True(seen.RecordedBuckets.SequenceEqual(interval.RecordedBuckets));
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
        }

        foreach (Thread thread in threads) Assert.True(thread.Join(TimeSpan.FromSeconds(60)));
        all.Add(recorder.TakeInterval());
        Assert.Equal((rounds.Sum() * 1000, rounds.Sum()), (all.Count, all.Overflows));
        Assert.Equal(rounds.Sum(), all.CountAtValue(1_000_000));
        for (int writer = 0; writer < Writers; writer++)
        {
            for (int i = 0; i < 500; i++) Assert.Equal(rounds[writer] * (i == 499 ? 1 : 2), all.CountAtValue((writer * 500) + i));
        }
    }

    [Fact]
    public void Should_Wait_For_A_Writer_That_Entered_Before_And_For_No_Other()
    {
        var phaser = new WriterReaderPhaser();
        // Both parities, both ways round.
        for (int i = 0; i < 4; i++)
        {
            long before = phaser.Enter();
            bool flipped = false;
            var reader = new Thread(() =>
            {
                phaser.Flip();
                Volatile.Write(ref flipped, true);
            }) { IsBackground = true };
            reader.Start();
            // The next phase has begun when a ticket has the other sign.
            long after = phaser.Enter();
            while (Math.Sign(after) == Math.Sign(before))
            {
                phaser.Leave(after);
                Thread.Yield();
                after = phaser.Enter();
            }

            Assert.False(Volatile.Read(ref flipped));
            phaser.Leave(before);
            Assert.True(reader.Join(TimeSpan.FromSeconds(60)));
            phaser.Leave(after);
        }
    }

    [Fact]
    public void Should_Record_And_Take_Without_Allocating()
    {
        var recorder = new IntervalRecorder(1, 1_000_000, 2);
        var histogram = new LatencyHistogram(1, 1_000_000, 2);
        long i = 0;
        void Step()
        {
            for (int n = 0; n < 1000; n++, i++)
            {
                recorder.Record(i);
                recorder.RecordCorrected(i & 0xFFFF, 100);
                histogram.RecordWithCount(i, 2);
                histogram.RecordCorrected(i & 0xFFFF, 100);
            }

            histogram.Add(recorder.TakeInterval());
        }

        for (int n = 0; n < 5; n++) Step();
        Assert.Equal(0, Allocations.Least(Step));
        Assert.True(histogram.Count > 0);
    }
}
