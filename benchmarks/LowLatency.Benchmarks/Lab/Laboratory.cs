using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LowLatency.Benchmarks.Lab;

/// <summary>Runs experiments: contenders take turns, the order moves on by one each repetition, and the hop is measured around every run.</summary>
public sealed class Laboratory(LabSession session, Action<string> tell)
{
    private const int ShortRuns = 40;
    private const int ShortEvents = 2000;
    private const double LongSeconds = 2;
    private const long EventsAnew = 1_000_000;

    private static readonly TimeSpan HopDuration = TimeSpan.FromMilliseconds(20);

    private readonly HopProbe _hop = new();

    /// <summary>Runs an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <exception cref="LabException">A contender moved something wrongly.</exception>
    public ExperimentResult Run(Experiment experiment)
    {
        tell($"{experiment.Name}: {experiment.About}");
        Contender[] all = [.. experiment.Contenders(session)];
        try
        {
            var missing = all.Where(c => c.Missing is not null).Select(c => new MissingPeer(c.Name, c.Missing!)).ToList();
            foreach (MissingPeer peer in missing) tell($"  {peer.Name} is missing: {peer.Reason}");
            Contender[] contenders = [.. all.Where(c => c.Missing is null)];
            // On this machine nobody can do it: there is nothing to warm up and no rate to find out.
            if (contenders.Length == 0) return new ExperimentResult(experiment, 0, [], missing, []);
            double seconds = Math.Max(session.Seconds ?? experiment.UsualSeconds ?? session.Options.Seconds, experiment.LeastSeconds);
            double rate = experiment.RatePerSecond?.Invoke(session) ?? 0;
            var loads = new Dictionary<Contender, Load>();
            foreach (Contender contender in contenders)
            {
                if (Try(contender, missing, () => experiment.IsIdle ? WarmUpIdle(contender, seconds) : WarmUp(contender, rate, seconds), out Load load)) loads[contender] = load;
            }

            List<LabRun> runs = Repeat(experiment, loads, missing);
            return new ExperimentResult(experiment, rate, [.. loads.Keys.Select(c => (c.Name, c.Role))], missing, runs);
        }
        finally
        {
            foreach (Contender contender in all) contender.Dispose();
        }
    }

    /// <summary>Compiles and warms what a contender does, and finds out how many events fill a run.</summary>
    internal Load WarmUp(Contender contender, double rate, double seconds)
    {
        // Short runs first, with a pause: the compiler's tiers count calls, and the better code comes from a thread of its own.
        for (int tier = 0; tier < 2 && !contender.StartsAnew; tier++)
        {
            for (int i = 0; i < ShortRuns; i++) contender.Run(rate > 0 ? LoadAt(rate, 0.002) : new Load(ShortEvents, 0, 0.001));
            Thread.Sleep(session.Options.WarmUpSeconds > 0.3 ? 200 : 110);
        }

        if (rate > 0)
        {
            contender.Run(LoadAt(rate, Math.Min(seconds, session.Options.WarmUpSeconds)));
            return LoadAt(rate, seconds);
        }

        long events = contender.StartsAnew ? EventsAnew : 50_000;
        long until = Stopwatch.GetTimestamp() + (long)(session.Options.WarmUpSeconds * Stopwatch.Frequency);
        double eventsPerSecond;
        do
        {
            RunOutcome outcome = contender.Run(new Load(events, 0, seconds));
            eventsPerSecond = outcome.EventsPerSecond;
            if (outcome.ElapsedNs < seconds * 0.25e9) events = Math.Min(events * 4, (long)(eventsPerSecond * seconds) + 1);
        }
        while (Stopwatch.GetTimestamp() < until);
        return new Load(Math.Max(1000, (long)(eventsPerSecond * seconds)), 0, seconds);
    }

    /// <summary>Lets a contender do nothing for a moment, so that what the first sleep costs is over.</summary>
    private static Load WarmUpIdle(Contender contender, double seconds)
    {
        contender.Run(new Load(0, 0, 0.1));
        return new Load(0, 0, seconds);
    }

    private static Load LoadAt(double rate, double seconds) => new(Math.Max(2, (long)(rate * seconds)), rate, seconds);

    // A peer that fails in its own code is reported and left out; ours may not fail.
    private bool Try<T>(Contender contender, List<MissingPeer> missing, Func<T> work, [MaybeNullWhen(false)] out T result)
    {
        try
        {
            result = work();
            return true;
        }
        catch (LabException failure) when (contender.Role == Role.Peer)
        {
            missing.Add(new MissingPeer(contender.Name, $"it failed: {failure.Message}"));
            tell($"  {contender.Name} is left out: {missing[^1].Reason}");
            result = default;
            return false;
        }
    }

    private double HopNs(Experiment experiment) => experiment.IsOneThread ? HopGroups.NoHop : _hop.MeasureNs(HopDuration);

    private List<LabRun> Repeat(Experiment experiment, Dictionary<Contender, Load> loads, List<MissingPeer> missing)
    {
        var contenders = loads.Keys.ToList();
        var runs = new List<LabRun>();
        int repetitions = Math.Min(session.Options.Repetitions, experiment.MostRepetitions);
        // Long runs need fewer.
        if (loads.Values.First().Seconds >= LongSeconds) repetitions = Math.Max(1, repetitions / 3);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        double hop = HopNs(experiment);
        int good = 0;
        // Repetitions during which the cores moved are kept apart, and made up for, by half as many more at the most.
        for (int repetition = 0; good < repetitions && repetition < repetitions + (repetitions / 2); repetition++)
        {
            var hops = new List<double> { hop };
            foreach (Contender contender in contenders.Select((_, i) => contenders[(i + repetition) % contenders.Count]).ToArray())
            {
                if (!Try(contender, missing, () => contender.Run(loads[contender]), out RunOutcome? outcome))
                {
                    loads.Remove(contender);
                    contenders.Remove(contender);
                    runs.RemoveAll(run => run.Contender == contender.Name);
                    continue;
                }

                double after = HopNs(experiment);
                runs.Add(new LabRun(contender.Name, repetition, hop, after, outcome!));
                hop = after;
                hops.Add(hop);
            }

            if (HopGroups.Of([.. hops]) != HopGroup.Mixed) good++;
        }

        return runs;
    }
}
