using LowLatency.Core.Clocks;
using LowLatency.Engine.Pipeline;
using LowLatency.Engine.Settings;
using LowLatency.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine;

/// <summary>Makes a host's engine from what the host's services have added to it.</summary>
/// <param name="settings">The settings.</param>
internal sealed class EngineFactory(LowLatencySettings settings)
{
    // A singleton is made under the container's lock: one thread is here at a time.
    private bool _making;

    public MarketEngine Create(IServiceProvider provider)
    {
        // Without this look the container would go round in this circle until the stack is full.
        if (_making)
        {
            throw new InvalidOperationException(
                "A stage or a feed asks for the engine, or for its streams, while the engine is made; a stage finds the streams in its batch, a feed in its context.");
        }

        _making = true;
        try
        {
            return new MarketEngine(
                settings,
                provider.GetServices<IPipelineStage>(),
                provider.GetServices<Func<FeedContext, Feed>>(),
                provider.GetRequiredService<IClock>(),
                provider.GetRequiredService<ILogger<MarketEngine>>());
        }
        finally
        {
            _making = false;
        }
    }
}
