namespace LowLatency.Benchmarks.Compare;

/// <summary>What became of one number between two commands.</summary>
public enum Verdict
{
    /// <summary>It changed less than the noise.</summary>
    Same,

    /// <summary>It is better by more than the noise.</summary>
    Better,

    /// <summary>It is worse by more than the noise.</summary>
    Worse,

    /// <summary>It cannot be judged; the text says why.</summary>
    Unknown,
}
