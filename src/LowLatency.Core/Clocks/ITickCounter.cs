namespace LowLatency.Core.Clocks;

/// <summary>A counter that runs at one speed, the same on every processor: the processor's time stamp counter, or a simulated one. A struct, so that the clock is compiled for it.</summary>
public interface ITickCounter
{
    /// <summary>Its value now. The read is ordered: what stands before it in the program has been done, what stands behind it has not begun.</summary>
    ulong Read();
}
