namespace LowLatency.Engine.Settings;

/// <summary>What instruments take of the machine's memory: it is taken with an instrument's first tick, and so a limit that is too high shows only when they come.</summary>
internal static class InstrumentMemory
{
    /// <summary>What an instrument takes at least, in bytes, with the default settings: as measured with one tick each.</summary>
    public const long LeastBytes = 30_000;

    /// <summary>What to tell when as many instruments as there can be would take more than half of the memory, with one tick each; null when they would not.</summary>
    /// <param name="maxInstruments">The setting <c>engine.max_instruments</c>.</param>
    /// <param name="availableBytes">Memory that the process can have, in bytes.</param>
    public static string? Problem(int maxInstruments, long availableBytes)
    {
        long least = maxInstruments * LeastBytes;
        if (least <= availableBytes / 2) return null;
        return $"engine.max_instruments: {maxInstruments} instruments take at least {least / 1_000_000} MB once each has a tick, more than half of the {availableBytes / 1_000_000} MB that this machine has for it; "
            + $"they take several times that when they trade. Write at most {Math.Max(1, availableBytes / 2 / LeastBytes)}, or see to it that there are not so many";
    }
}
