namespace LowLatency.Core.Clocks;

/// <summary>A counter that runs at one speed, the same on every processor: the processor's time stamp counter, or a simulated one. A struct, so that the clock is compiled for it.</summary>
public interface ITickCounter
{
    /// <summary>Its value now. Every load that stands before it in the program is done; what stands behind it may begin some nanoseconds before, less than a microsecond.</summary>
    ulong Read();
}
