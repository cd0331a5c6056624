using LowLatency.Engine.Pipeline;
using LowLatency.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace LowLatency.Engine;

/// <summary>What a desk adds to an engine of its own.</summary>
/// <param name="services">The services that the engine was added to.</param>
public sealed class LowLatencyBuilder(IServiceCollection services)
{
    /// <summary>The services that the engine was added to.</summary>
    public IServiceCollection Services { get; } = services;

    /// <summary>Adds a stage behind the built-in analytics; stages are called in the order in which they are added.</summary>
    /// <typeparam name="TStage">
    /// The stage; one instance serves, with its constructor's services. The engine and its streams are none of these: it is made before them, and finds
    /// the streams in its batches.
    /// </typeparam>
    public LowLatencyBuilder AddStage<TStage>()
        where TStage : class, IPipelineStage
    {
        Services.AddSingleton<TStage>();
        Services.AddSingleton<IPipelineStage>(provider => provider.GetRequiredService<TStage>());
        return this;
    }

    /// <summary>Adds a feed on a thread of its own.</summary>
    /// <param name="make">Makes it from the host's services, the engine and its streams apart, and from its context.</param>
    public LowLatencyBuilder AddFeed(Func<IServiceProvider, FeedContext, Feed> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        Services.AddSingleton<Func<FeedContext, Feed>>(provider => context => make(provider, context));
        return this;
    }
}
