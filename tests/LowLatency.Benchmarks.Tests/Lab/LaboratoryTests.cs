using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report;

namespace LowLatency.Benchmarks.Tests.Lab;

public sealed class LaboratoryTests
{
    [Fact]
    public void Should_Name_The_Missing_When_All_Are()
    {
        using var session = new LabSession(LabOptions.Quick);
        var experiment = new Experiment("core", "made-up", "nothing at all", Metric.Throughput, _ => [new Absent()]);
        ExperimentResult result = new Laboratory(session, _ => { }).Run(experiment);
        Assert.Empty(result.Runs);
        Assert.Equal(new MissingPeer("absent", "it left"), Assert.Single(result.Missing));
        Assert.Contains("absent: missing; it left", Assert.Single(TextReport.Lines(result)), StringComparison.Ordinal);
        Assert.Equal("absent: it left", Assert.Single(DocumentBuilder.Experiment(result).Missing));
    }

    [Fact]
    public void Should_Tell_A_Run_How_Long_It_Is_Meant_To_Last()
    {
        using var session = new LabSession(LabOptions.Quick with { WarmUpSeconds = 0 });
        using var recording = new Recording();
        new Laboratory(session, _ => { }).WarmUp(recording, 0, 90);
        Assert.Equal(90, recording.Last.Seconds);
    }

    [Fact]
    public void Should_Leave_Out_A_Peer_That_Fails_But_Not_Us()
    {
        using var session = new LabSession(LabOptions.Quick with { WarmUpSeconds = 0, Repetitions = 2 });
        var told = new List<string>();
        Experiment With(Contender failing) => new("core", "made-up", "nothing at all", Metric.Throughput, _ => [new Recording(), failing]);
        ExperimentResult result = new Laboratory(session, told.Add).Run(With(new Failing(Role.Peer, afterRuns: 82)));
        Assert.All(result.Runs, run => Assert.Equal("recording", run.Contender));
        Assert.NotEmpty(result.Runs);
        Assert.Equal("it failed: broken", Assert.Single(result.Missing).Reason);
        Assert.Equal("recording", Assert.Single(result.Contenders).Name);
        Assert.Throws<LabException>(() => new Laboratory(session, told.Add).Run(With(new Failing(Role.Ours, afterRuns: 0))));
    }

    private sealed class Failing(Role role, int afterRuns) : Contender("failing", role)
    {
        private int _runs;

        public override RunOutcome Run(Load load) => _runs++ < afterRuns ? new RunOutcome(load.Events, 1_000_000, 0, [0, 0, 0]) : throw new LabException("broken");
    }

    private sealed class Absent() : Contender("absent", Role.Ours)
    {
        public override string? Missing => "it left";

        public override RunOutcome Run(Load load) => throw new InvalidOperationException("It is not there.");
    }

    private sealed class Recording() : Contender("recording", Role.Ours)
    {
        public Load Last { get; private set; }

        public override RunOutcome Run(Load load)
        {
            Last = load;
            return new RunOutcome(load.Events, 1_000_000, 0, [0, 0, 0]);
        }
    }
}
