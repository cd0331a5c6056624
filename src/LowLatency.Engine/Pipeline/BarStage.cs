using LowLatency.Analytics.Bars;
using LowLatency.Analytics.Batches;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Pipeline;

/// <summary>Second stage: ticks become bars, those of time and those of events; of one tick first the former.</summary>
internal sealed class BarStage : IPipelineStage
{
    private readonly TimeBarBuilder _timeBars;
    private readonly EventBarBuilder _eventBars;
    private readonly EmittedList<BarRecord> _ofTime;
    private readonly EmittedList<BarRecord> _ofEvents;
    private readonly bool _hasEventBars;

    /// <param name="timeBars">Builds bars of time.</param>
    /// <param name="eventBars">Builds the others.</param>
    /// <param name="room">How many bars of a batch there is room for at the start.</param>
    public BarStage(TimeBarBuilder timeBars, EventBarBuilder eventBars, int room)
    {
        _timeBars = timeBars;
        _eventBars = eventBars;
        _hasEventBars = eventBars.Kinds > 0;
        _ofTime = new EmittedList<BarRecord>(_hasEventBars ? room : 0);
        _ofEvents = new EmittedList<BarRecord>(_hasEventBars ? room : 0);
    }

    public string Name => "bars";

    /// <summary>Says every bar that is still open, for the end of an input.</summary>
    public void SayOpenBars(EmittedList<BarRecord> output)
    {
        _timeBars.SayOpenBars(output);
        _eventBars.SayOpenBars(output);
    }

    public void Process(in PipelineBatch batch)
    {
        if (!_hasEventBars)
        {
            _timeBars.Build(batch.Ticks, batch.TickCauses, batch.FirstInput, batch.BarList);
            return;
        }

        _ofTime.Clear();
        _ofEvents.Clear();
        _timeBars.Build(batch.Ticks, batch.TickCauses, batch.FirstInput, _ofTime);
        _eventBars.Build(batch.Ticks, batch.TickCauses, batch.FirstInput, _ofEvents, batch.ImbalanceList);
        batch.BarList.Merge(_ofTime, _ofEvents);
    }
}
