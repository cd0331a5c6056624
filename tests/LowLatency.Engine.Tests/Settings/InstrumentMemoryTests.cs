using LowLatency.Engine.Settings;
using LowLatency.Engine.Tests.Embedding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatency.Engine.Tests.Settings;

public class InstrumentMemoryTests
{
    [Fact]
    public void Should_Tell_When_The_Instruments_Would_Take_More_Than_Half_Of_The_Memory()
    {
        Assert.Null(InstrumentMemory.Problem(16_384, 8L << 30));
        Assert.Null(InstrumentMemory.Problem(100, 6_000_000));
        string? problem = InstrumentMemory.Problem(101, 6_000_000);
        Assert.StartsWith("engine.max_instruments: 101 instruments take at least 3 MB", problem, StringComparison.Ordinal);
        Assert.Contains("Write at most 100,", problem, StringComparison.Ordinal);
        // The largest allowed is 30 GB: no overflow.
        Assert.NotNull(InstrumentMemory.Problem(1_000_000, 59_999_999_999));
        Assert.Null(InstrumentMemory.Problem(1_000_000, 60_000_000_000));
    }

    [Theory]
    [InlineData("64")]
    [InlineData("1000000")]
    public async Task Should_Warn_At_The_Start_By_What_This_Machine_Has(string instruments)
    {
        var log = new LogLines();
        using IHost host = DeskHost.Build(
            _ => { },
            services => services.AddLogging(logging => logging.AddProvider(log)),
            ("feed.kind", "none"), ("counters.enabled", "false"), ("engine.max_instruments", instruments), ("indicators", ""));
        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        bool expected = int.Parse(instruments, System.Globalization.CultureInfo.InvariantCulture) * 30_000L > available / 2;
        Assert.Equal(expected ? 1 : 0, log.Lines.Count(l => l.StartsWith("Warning: engine.max_instruments: ", StringComparison.Ordinal)));
    }
}
