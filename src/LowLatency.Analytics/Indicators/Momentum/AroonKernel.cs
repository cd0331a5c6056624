namespace LowLatency.Analytics.Indicators.Momentum;

/// <summary>
/// Aroon: up = 100 (n - bars since the highest high of the last n + 1 bars) / n, of equal ones the newest or the oldest; down the same of the lows; their difference.
/// O(1) but when an extreme leaves the window: then O(n).
/// </summary>
/// <param name="length">n.</param>
/// <param name="oldest">Whether of equal extremes the oldest counts.</param>
internal readonly struct AroonKernel(int length, bool oldest) : IKernel<AroonKernel.State>
{
    public static BarColumns Reads => BarColumns.High | BarColumns.Low | BarColumns.Close;

    public int WindowLength => 2 * (length + 1);

    public int WarmUp(int output) => length + 1;

    public void Update(ref State state, Span<double> window, in BarInput bar, Span<double> values)
    {
        Span<double> highs = window[..(length + 1)];
        Span<double> lows = window[(length + 1)..];
        int next = state.Next;
        highs[next] = bar.High;
        lows[next] = -bar.Low;
        state.Next = next == length ? 0 : next + 1;
        if (state.Seen <= length) state.Seen++;
        Move(ref state.High, ref state.HighAge, highs, bar.High, state.Next, state.Seen);
        Move(ref state.Low, ref state.LowAge, lows, -bar.Low, state.Next, state.Seen);
        if (state.Seen <= length) return;
        double up = 100.0 * (length - state.HighAge) / length;
        double down = 100.0 * (length - state.LowAge) / length;
        values[0] = up;
        values[1] = down;
        values[2] = up - down;
    }

    // The highest of the ring and its age in bars.
    private void Move(ref double highest, ref int age, Span<double> ring, double x, int first, int seen)
    {
        age++;
        if (seen == 1 || x > highest || (x == highest && !oldest))
        {
            highest = x;
            age = 0;
        }
        else if (age > length)
        {
            Search(ref highest, ref age, ring, first);
        }
    }

    private void Search(ref double highest, ref int age, Span<double> ring, int first)
    {
        highest = double.NegativeInfinity;
        for (int i = 0; i <= length; i++)
        {
            int place = first + i;
            if (place > length) place -= length + 1;
            if (ring[place] < highest || (ring[place] == highest && oldest)) continue;
            highest = ring[place];
            age = length - i;
        }
    }

    internal struct State
    {
        public int Next;
        public int Seen;
        public int HighAge;
        public int LowAge;
        public double High;
        public double Low;
    }
}
