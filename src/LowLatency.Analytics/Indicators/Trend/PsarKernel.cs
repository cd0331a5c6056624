namespace LowLatency.Analytics.Indicators.Trend;

/// <summary>
/// Parabolic stop and reverse (Wilder 1978): sar += f (extreme - sar), held outside the range of the last two bars; reverses when touched, onto the old
/// extreme, held outside these bars too. The first direction is down when the low fell by more than the high rose. O(1).
/// </summary>
/// <param name="step">How much the factor grows with each new extreme; where it begins.</param>
/// <param name="most">The largest factor.</param>
internal readonly struct PsarKernel(double step, double most) : IKernel<PsarKernel.State>
{
    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 0;

    public int WarmUp(int output) => 2;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        if (state.Seen < 2) Begin(ref state, bar);
        if (state.Seen < 2) return;
        // A falling trend is a rising one of negated prices.
        double sign = state.IsDown ? -1 : 1;
        double near = sign * (state.IsDown ? bar.High : bar.Low);
        double far = sign * (state.IsDown ? bar.Low : bar.High);
        double nearBefore = sign * (state.IsDown ? state.High : state.Low);
        double farBefore = sign * (state.IsDown ? state.Low : state.High);
        state.High = bar.High;
        state.Low = bar.Low;
        if (near <= state.Sar)
        {
            double reversed = Math.Max(state.Extreme, Math.Max(farBefore, far));
            values[0] = sign * reversed;
            values[1] = -sign;
            state.IsDown = !state.IsDown;
            state.Factor = step;
            state.Extreme = -near;
            state.Sar = -Math.Max(reversed + (step * (near - reversed)), Math.Max(farBefore, far));
            return;
        }

        values[0] = sign * state.Sar;
        values[1] = sign;
        if (far > state.Extreme)
        {
            state.Extreme = far;
            state.Factor = Math.Min(most, state.Factor + step);
        }

        state.Sar = Math.Min(state.Sar + (state.Factor * (state.Extreme - state.Sar)), Math.Min(nearBefore, near));
    }

    private void Begin(ref State state, in BarInput bar)
    {
        if (++state.Seen == 2)
        {
            double fall = state.Low - bar.Low;
            state.IsDown = fall > 0 && fall > bar.High - state.High;
            state.Sar = state.IsDown ? -state.High : state.Low;
            state.Extreme = state.IsDown ? -bar.Low : bar.High;
            state.Factor = Math.Min(step, most);
        }

        state.High = bar.High;
        state.Low = bar.Low;
    }

    internal struct State
    {
        public double High;
        public double Low;
        public double Sar;
        public double Extreme;
        public double Factor;
        public int Seen;
        public bool IsDown;
    }
}
