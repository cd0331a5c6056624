namespace LowLatency.Analytics.Bars;

/// <summary>A way to read trades for <see cref="BarLanes.AddRun"/>, chosen at compile time.</summary>
/// <typeparam name="T">What holds a trade.</typeparam>
internal interface ILaneRun<T>
    where T : unmanaged
{
    /// <summary>Whether the run ends before this one.</summary>
    bool Ends(in T item);

    /// <summary>Whether it is passed over.</summary>
    bool Skips(in T item);

    /// <summary>Event time in nanoseconds.</summary>
    long EventNs(in T item);

    /// <summary>Price.</summary>
    double Price(in T item);

    /// <summary>Size.</summary>
    double Size(in T item);

    /// <summary>Whether the aggressor bought.</summary>
    bool Bought(in T item);
}
