using LowLatency.Core.Errors;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Pipeline;

/// <summary>
/// Keeps a desk's stage from ending the pipeline: what it throws is counted, kept and logged (the 1st, 2nd, 4th, 8th … time), and the batch goes on
/// to the next stage.
/// </summary>
/// <param name="stage">The desk's stage.</param>
/// <param name="logger">Where failures are logged.</param>
internal sealed class GuardedStage(IPipelineStage stage, ILogger logger) : IPipelineStage
{
    private long _failures;

    public string Name => stage.Name;

    /// <summary>Is told what it throws; null for nobody. Set before the start.</summary>
    public IErrorHandler? ErrorHandler { get; set; }

    /// <summary>How often it threw.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>What it threw last.</summary>
    public Exception? LastFailure { get; private set; }

    public void Process(in PipelineBatch batch)
    {
        try
        {
            stage.Process(batch);
        }
        catch (Exception thrown)
        {
            LastFailure = thrown;
            Volatile.Write(ref _failures, _failures + 1);
            ErrorHandler?.OnError($"stage {stage.Name}", thrown);
            if (System.Numerics.BitOperations.IsPow2(_failures)) EngineLog.StageFailed(logger, stage.Name, _failures, thrown);
        }
    }
}
