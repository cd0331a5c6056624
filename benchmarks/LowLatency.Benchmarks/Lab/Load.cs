namespace LowLatency.Benchmarks.Lab;

/// <summary>How much one run moves.</summary>
/// <param name="Events">Number of events of the whole run, over all producers.</param>
/// <param name="RatePerSecond">Events a second at which they are meant to be sent, whatever the receiver does; 0 for as fast as they go.</param>
/// <param name="Seconds">How long the run is meant to last, in seconds.</param>
public readonly record struct Load(long Events, double RatePerSecond, double Seconds);
