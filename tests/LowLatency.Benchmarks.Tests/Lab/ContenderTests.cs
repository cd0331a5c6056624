using LowLatency.Benchmarks.Experiments;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Tests.Lab;

/// <summary>Runs every contender of every experiment: each checks by itself that it moved what was sent.</summary>
public sealed class ContenderTests
{
    public static TheoryData<string> Experiments => [.. CoreExperiments.All.Where(experiment => !experiment.IsIdle).Select(experiment => experiment.Name)];

    [Theory]
    [MemberData(nameof(Experiments))]
    public void Should_Move_What_Is_Sent(string name)
    {
        Experiment experiment = CoreExperiments.All.Single(e => e.Name == name);
        using var session = new LabSession(LabOptions.Quick);
        double rate = experiment.RatePerSecond is null ? 0 : name.StartsWith("latency", StringComparison.Ordinal) ? 100_000 : experiment.RatePerSecond(session);
        foreach (Contender contender in experiment.Contenders(session).Where(c => c.Missing is null && !c.Name.Contains("Java", StringComparison.Ordinal)))
        {
            using (contender)
            {
                // Twice: the second run finds what the first left.
                contender.Run(Of(rate, 1000));
                RunOutcome outcome = contender.Run(Of(rate, 3000));
                Assert.InRange(outcome.Events, rate is > 0 and < 10_000 ? 3 : 2900, 3000);
                Assert.True(outcome.ElapsedNs > 0);
                if (experiment.Metric == Metric.MedianLatency) Assert.Equal(outcome.Events, outcome.Latency!.Count);
            }
        }
    }

    [Fact]
    public void Should_Move_What_Is_Sent_Through_The_Disruptor()
    {
        using var session = new LabSession(LabOptions.Quick);
        if (session.JavaMissing is { } missing) Assert.Skip(missing);
        foreach (Experiment experiment in CoreExperiments.All)
        {
            foreach (Contender contender in experiment.Contenders(session).Where(c => c.Name.Contains("Java", StringComparison.Ordinal)))
            {
                using (contender) Assert.InRange(contender.Run(new Load(20_000, 1_000_000, 0.02)).Events, 19_900, 20_000);
            }
        }
    }

    private static Load Of(double rate, long events) => rate is > 0 and < 10_000 ? new Load(3, rate, 0.01) : new Load(events, rate, 0.01);
}
