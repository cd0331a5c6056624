namespace LowLatency.Benchmarks.Lab;

/// <summary>Who sends to whom in an experiment.</summary>
public enum Graph
{
    /// <summary>One producer, one consumer.</summary>
    Unicast,

    /// <summary>The same, at a rate and with a look at the clock for each event.</summary>
    Latency,

    /// <summary>One producer, three consumers in a row.</summary>
    Pipeline,

    /// <summary>One producer, two consumers side by side, one behind both.</summary>
    Diamond,

    /// <summary>One producer, three consumers side by side.</summary>
    FanOut,

    /// <summary>Two producers, one consumer.</summary>
    TwoProducers,
}
