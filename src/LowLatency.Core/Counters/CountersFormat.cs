namespace LowLatency.Core.Counters;

/// <summary>Whose counters a file has.</summary>
public enum CountersFormat
{
    /// <summary>This project's: <see cref="CountersFileLayout"/>.</summary>
    LowLatency,

    /// <summary>An Aeron media driver's <c>cnc.dat</c>.</summary>
    Aeron,
}
