using System.Globalization;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>cping and cpong of C, two processes that are pinned as our threads are.</summary>
/// <param name="length">Bytes of a message.</param>
internal sealed class OfficialPing(int length) : OfficialPeer("C cping, cpong", Ping, Pong)
{
    private const string Ping = "cping";
    private const string Pong = "cpong";
    private const string WarmUp = "20000";

    protected override RunOutcome Run(Load load, OfficialDriver driver)
    {
        string[] streams = ["-p", driver.Directory, "-c", Channel, "-C", Channel, "-s", "1002", "-S", "1003"];
        using OfficialProcess pong = OfficialProcess.Start(Pong, 1, NoSettings, streams);
        driver.AwaitClient();
        string[] arguments = [.. streams, "-L", length.ToString(CultureInfo.InvariantCulture), "-m", load.Events.ToString(CultureInfo.InvariantCulture), "-w", WarmUp];
        using OfficialProcess ping = OfficialProcess.Start(Ping, 0, NoSettings, arguments);
        return PingOutcome.Of(OfficialFigures.Latency(ping.Lines(load.Seconds), Ping));
    }
}
