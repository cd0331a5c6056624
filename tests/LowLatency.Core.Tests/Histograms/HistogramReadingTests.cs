using LowLatency.Core.Histograms;

namespace LowLatency.Core.Tests.Histograms;

[Collection("Threads")]
public sealed class HistogramReadingTests
{
    [Fact]
    public void Should_Be_Read_Whole_While_It_Is_Recorded_Into()
    {
        const int Reads = 200;
        var histogram = new LatencyHistogram(1, 1_000_000, 2);
        bool stop = false;
        var writer = new Thread(() =>
        {
            for (long value = 1; !Volatile.Read(ref stop); value = value * 5 % 999_983) histogram.Record(value);
        }) { IsBackground = true };
        writer.Start();
        try
        {
            long before = 0;
            for (int reads = 0; reads < Reads;)
            {
                long percentile = histogram.Percentile(100);
                LatencyHistogram snapshot = histogram.Copy();
                if (snapshot.Count == before) continue;
                Assert.InRange(snapshot.Count, before, long.MaxValue);
                Assert.Equal(snapshot.Count, snapshot.RecordedBuckets.Sum(bucket => bucket.Count));
                // The maximum that is seen is not below what was counted.
                Assert.InRange(snapshot.Max, Math.Max(percentile, snapshot.RecordedBuckets.Last().Lowest), histogram.Max);
                before = snapshot.Count;
                reads++;
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
        }

        Assert.True(writer.Join(TimeSpan.FromSeconds(60)));
    }
}
