namespace LowLatency.Gateway.Json;

/// <summary>How a connection wants times: the query's ts.</summary>
internal enum TimeUnit
{
    /// <summary>Integers, microseconds since 1970.</summary>
    Microseconds,

    /// <summary>Strings of decimal digits, nanoseconds since 1970: more than a JavaScript number holds.</summary>
    Nanoseconds,
}
