using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LowLatency.Engine.Tests.Embedding;

/// <summary>A plain generic host with an engine in it, as a desk would have.</summary>
internal static class DeskHost
{
    public static IHost Build(Action<LowLatencyBuilder> add, params (string Name, string Value)[] settings) => Build(add, _ => { }, settings);

    /// <summary>The same, with services that the desk has added before.</summary>
    public static IHost Build(Action<LowLatencyBuilder> add, Action<IServiceCollection> before, params (string Name, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"LowLatency:{s.Name.Replace('.', ':')}", (string?)s.Value)));
        before(builder.Services);
        add(builder.Services.AddLowLatency(builder.Configuration));
        return builder.Build();
    }

    public static MarketEngine Engine(this IHost host) => host.Services.GetRequiredService<MarketEngine>();

    /// <summary>Reads what has been published since the reader was added.</summary>
    public static byte[] ReadAll(BroadcastReader reader)
    {
        using var all = new MemoryStream();
        byte[] room = new byte[64 * RecordLengths.Max];
        for (int length = reader.Read(room); length > 0; length = reader.Read(room)) all.Write(room, 0, length);
        Assert.Equal(0, reader.Laps);
        return all.ToArray();
    }
}
