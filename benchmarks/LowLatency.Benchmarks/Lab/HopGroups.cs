namespace LowLatency.Benchmarks.Lab;

/// <summary>Sorts repetitions by their hops.</summary>
public static class HopGroups
{
    /// <summary>Hops below it are near, in nanoseconds one way.</summary>
    public const double NearBelowNs = 120;

    /// <summary>Hops above it are far, in nanoseconds one way.</summary>
    public const double FarAboveNs = 150;

    /// <summary>Hops above it are no way between two cores: the machine was disturbed. In nanoseconds one way.</summary>
    public const double DisturbedAboveNs = 1000;

    /// <summary>Stands for the hop of an experiment that has none, because one thread does it all.</summary>
    public const double NoHop = double.NegativeInfinity;

    /// <summary>The group of a repetition.</summary>
    /// <param name="hopsNs">The hops before, during and after it, in nanoseconds one way.</param>
    public static HopGroup Of(params ReadOnlySpan<double> hopsNs)
    {
        bool near = true;
        bool far = true;
        foreach (double hopNs in hopsNs)
        {
            if (double.IsNaN(hopNs)) return HopGroup.Unknown;
            if (double.IsNegativeInfinity(hopNs)) return HopGroup.Alone;
            near &= hopNs < NearBelowNs;
            far &= hopNs is > FarAboveNs and <= DisturbedAboveNs;
        }

        if (hopsNs.IsEmpty) return HopGroup.Unknown;
        return near ? HopGroup.Near : far ? HopGroup.Far : HopGroup.Mixed;
    }

    /// <summary>The group of each repetition of an experiment: all of its runs have the same cores, or it is mixed.</summary>
    /// <param name="runs">The runs.</param>
    public static IReadOnlyDictionary<int, HopGroup> OfRepetitions(IEnumerable<LabRun> runs) =>
        runs.GroupBy(run => run.Repetition).ToDictionary(group => group.Key, group => Of([.. group.SelectMany(run => new[] { run.HopBeforeNs, run.HopAfterNs })]));
}
