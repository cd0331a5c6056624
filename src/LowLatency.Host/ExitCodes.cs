namespace LowLatency.Host;

/// <summary>What the process tells the shell.</summary>
internal static class ExitCodes
{
    /// <summary>All went well.</summary>
    public const int Done = 0;

    /// <summary>Something failed while it ran.</summary>
    public const int Failed = 1;

    /// <summary>The command line, the settings or the named files are wrong; nothing was run.</summary>
    public const int Usage = 2;

    /// <summary>A replay ran to its end, but some of its input was unusable; the rest was processed.</summary>
    public const int BadInput = 3;

    /// <summary>Ended by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
