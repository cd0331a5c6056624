using LowLatency.Analytics.Indicators.Steps;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Analytics.Indicators;

/// <summary>An indicator compiled for its kernel.</summary>
/// <typeparam name="TKernel">The recurrence.</typeparam>
/// <typeparam name="TState">Its state.</typeparam>
/// <param name="spec">Its name and outputs.</param>
/// <param name="kernel">The kernel.</param>
/// <param name="batch">A faster batch form, where there is one.</param>
/// <param name="on">What it is computed on, when it is of one series.</param>
internal sealed class KernelIndicator<TKernel, TState>(IndicatorSpec spec, TKernel kernel, IBatchForm? batch, BarField on) : Indicator(spec)
    where TKernel : struct, IKernel<TState>
    where TState : struct
{
    private readonly TKernel _kernel = kernel;
    private readonly int _outputs = spec.Outputs.Count;
    private readonly int _window = kernel.WindowLength;
    private readonly SavedStates<TState> _saved = new(kernel.WindowLength);
    private readonly double[] _triedWindow = new double[kernel.WindowLength];
    private TState _triedState;
    private TState[] _states = [];
    private double[] _windows = [];

    public override BarColumns Reads => IsOfOneSeries ? BarFields.ColumnsOf(on) : TKernel.Reads;

    internal override bool IsOfOneSeries => TKernel.Reads == BarColumns.Close;

    public override int WarmUpOf(int output) => _kernel.WarmUp(output);

    public override void EnsureLanes(int lanes)
    {
        if (lanes <= _states.Length) return;
        Array.Resize(ref _states, lanes);
        Array.Resize(ref _windows, lanes * _window);
    }

    public override void Update(ReadOnlySpan<BarRecord> bars, ReadOnlySpan<int> lanes, Span<double> values)
    {
        for (int i = 0; i < bars.Length; i++)
        {
            ref readonly BarRecord bar = ref bars[i];
            double close = TKernel.Reads == BarColumns.Close && on != BarField.Close ? BarFields.Read(bar, on) : bar.Close;
            Step(lanes[i], new BarInput(bar.Open, bar.High, bar.Low, close, bar.Volume, bar.StartNs), values.Slice(i * _outputs, _outputs));
        }
    }

    internal override void BeginSaving(int instrument, int slots) => _saved.Begin(instrument, slots);

    internal override void Take(ReadOnlySpan<IndicatorStep> steps, Span<double> values)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            ref readonly IndicatorStep step = ref steps[i];
            Span<double> row = values.Slice(i * _outputs, _outputs);
            if (TKernel.Reads == BarColumns.Close && on != BarField.Close) TakeOne(step, new BarInput(0, 0, 0, BarFields.Read(step.Bar, on), 0, 0), row);
            else TakeOne(step, step.Bar, row);
        }
    }

    internal override void TakeSeries(ReadOnlySpan<double> series, ReadOnlySpan<IndicatorStep> steps, Span<double> values)
    {
        for (int i = 0; i < steps.Length; i++) TakeOne(steps[i], new BarInput(0, 0, 0, series[i], 0, 0), values.Slice(i * _outputs, _outputs));
    }

    internal override void UpdateSeries(ReadOnlySpan<double> series, ReadOnlySpan<int> lanes, Span<double> values)
    {
        for (int i = 0; i < series.Length; i++) Step(lanes[i], new BarInput(0, 0, 0, series[i], 0, 0), values.Slice(i * _outputs, _outputs));
    }

    internal override void UpdateLaneSeries(int lane, ReadOnlySpan<double> series, Span<double> values) =>
        Run(ref _states[lane], Window(lane), new BarSeries { Close = series }, BarField.Close, values);

    internal override void ComputeSeries(ReadOnlySpan<double> series, Span<double> values) => ComputeKernel(new BarSeries { Close = series }, BarField.Close, values);

    private protected override void UpdateLane(int lane, in BarSeries bars, Span<double> values) => Run(ref _states[lane], Window(lane), bars, on, values);

    private protected override void ComputeBars(in BarSeries bars, Span<double> values) => ComputeKernel(bars, on, values);

    private void ComputeKernel(in BarSeries bars, BarField of, Span<double> values)
    {
        if (batch is not null && of == BarField.Close && bars.IsOrdinary(TKernel.Reads))
        {
            batch.Compute(bars, values[..Math.Min(values.Length, _outputs * bars.Length)]);
            return;
        }

        TState state = default;
        Run(ref state, new double[_window], bars, of, values);
    }

    private void Run(ref TState state, Span<double> window, in BarSeries bars, BarField of, Span<double> values)
    {
        // What is left over when there is room for more columns than outputs stays as it is.
        int room = Math.Min(values.Length, _outputs * bars.Length);
        KernelLoop.Run(_kernel, ref state, window, bars, bars.Length, of, values[..room]);
    }

    private void Step(int lane, in BarInput bar, Span<double> values) => Update(ref _states[lane], Window(lane), bar, values);

    private void TakeOne(in IndicatorStep step, in BarInput bar, Span<double> values)
    {
        if (step.Kind >= StepKind.Provisional)
        {
            TryOne(step, bar, values);
            return;
        }

        ref TState state = ref _states[step.Lane];
        Span<double> window = Window(step.Lane);
        if (step.Kind == StepKind.Save) _saved.Save(step.Instrument, step.Slot, state, window);
        else if (step.Kind == StepKind.Restore) _saved.Restore(step.Instrument, step.Slot, out state, window);
        Update(ref state, window, bar, values);
    }

    // On a copy: what is said of an open bar leaves no trace.
    private void TryOne(in IndicatorStep step, in BarInput bar, Span<double> values)
    {
        if (step.Kind == StepKind.Provisional)
        {
            _triedState = _states[step.Lane];
            Window(step.Lane).CopyTo(_triedWindow);
        }

        Update(ref _triedState, _triedWindow, bar, values);
    }

    private void Update(ref TState state, Span<double> window, in BarInput bar, Span<double> values)
    {
        values.Fill(double.NaN);
        if (bar.IsFinite(TKernel.Reads)) _kernel.Update(ref state, window, bar, values);
    }

    private Span<double> Window(int lane) => _windows.AsSpan(lane * _window, _window);
}
