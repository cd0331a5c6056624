namespace LowLatency.Analytics.Indicators.Steps;

/// <summary>
/// What one indicator was before each bar that can still be revised: its state and its window, copied whole, so that taking a bar again costs one copy
/// however long ago it was. An instrument's places are taken together, with its first bar.
/// </summary>
/// <typeparam name="TState">The state of a lane.</typeparam>
/// <param name="window">Length of a lane's window.</param>
internal sealed class SavedStates<TState>(int window)
    where TState : struct
{
    private TState[][] _states = [];
    private double[][] _windows = [];

    /// <summary>Makes room for an instrument.</summary>
    /// <param name="instrument">The instrument.</param>
    /// <param name="slots">How many states of it are kept.</param>
    public void Begin(int instrument, int slots)
    {
        if (instrument >= _states.Length)
        {
            int before = _states.Length;
            int count = Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)instrument + 1));
            Array.Resize(ref _states, count);
            Array.Resize(ref _windows, count);
            for (int i = before; i < count; i++) (_states[i], _windows[i]) = ([], []);
        }

        _states[instrument] = new TState[slots];
        _windows[instrument] = new double[checked(slots * window)];
    }

    public void Save(int instrument, int slot, in TState state, ReadOnlySpan<double> values)
    {
        _states[instrument][slot] = state;
        values.CopyTo(Window(instrument, slot));
    }

    public void Restore(int instrument, int slot, out TState state, Span<double> values)
    {
        state = _states[instrument][slot];
        Window(instrument, slot).CopyTo(values);
    }

    private Span<double> Window(int instrument, int slot) => _windows[instrument].AsSpan(slot * window, window);
}
