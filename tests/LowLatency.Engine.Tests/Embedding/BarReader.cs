using LowLatency.Engine.Pipeline;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests.Embedding;

/// <summary>A desk's stage: keeps the closed bars, with the names that the ids stand for.</summary>
internal sealed class BarReader : IPipelineStage
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<(string Symbol, string Interval, double Close)> Closed { get; } = [];

    public Task First => _first.Task;

    public string Name => "bar-reader";

    public void Process(in PipelineBatch batch)
    {
        foreach (ref readonly BarRecord bar in batch.Bars)
        {
            if (bar.State != BarState.Closed) continue;
            Closed.Add((batch.Streams.Instruments.Symbol(bar.Header.Instrument), batch.Streams.Channels.Bars[bar.Spec].Name, bar.Close));
            _first.TrySetResult();
        }
    }
}
