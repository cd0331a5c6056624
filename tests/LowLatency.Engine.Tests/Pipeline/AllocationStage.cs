using LowLatency.Engine.Pipeline;

namespace LowLatency.Engine.Tests.Pipeline;

/// <summary>Tells how much the pipeline's thread allocates from a certain input record on.</summary>
internal sealed class AllocationStage(long from) : IPipelineStage
{
    private long _start = -1;
    private long _last;

    public string Name => "allocation";

    public long Bytes => _last - _start;

    public void Process(in PipelineBatch batch)
    {
        _last = GC.GetAllocatedBytesForCurrentThread();
        if (_start < 0 && batch.FirstInput >= from) _start = _last;
    }
}
