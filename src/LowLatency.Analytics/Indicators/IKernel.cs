namespace LowLatency.Analytics.Indicators;

/// <summary>
/// The recurrence of an indicator: its parameters, without the state, of which there is one a lane. A readonly struct, so that whoever drives it is
/// compiled for it. One kernel serves the streaming and the batch form.
/// </summary>
/// <typeparam name="TState">The state of a lane; its default is the state before the first bar.</typeparam>
internal interface IKernel<TState>
    where TState : struct
{
    /// <summary>What it reads of a bar.</summary>
    static abstract BarColumns Reads { get; }

    /// <summary>How many doubles a lane remembers beside its state; zeros at the start.</summary>
    int WindowLength { get; }

    /// <summary>Updates until the first value of an output.</summary>
    int WarmUp(int output);

    /// <summary>Takes the next bar of a lane; everything that is read of it is finite.</summary>
    /// <param name="state">The lane's state.</param>
    /// <param name="window">The lane's memory.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="values">Receives the outputs; comes filled with NaN.</param>
    void Update(ref TState state, Span<double> window, in BarInput bar, Span<double> values);
}
