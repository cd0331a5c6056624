using System.Globalization;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>A ping-pong sample of C++: two threads of one process, where the system puts them.</summary>
/// <param name="program">PingPong or ExclusivePingPong.</param>
/// <param name="length">Bytes of a message.</param>
internal sealed class OfficialPingPong(string program, int length) : OfficialPeer($"C++ {program}", program)
{
    private const string WarmUp = "20000";

    protected override RunOutcome Run(Load load, OfficialDriver driver)
    {
        string[] arguments =
        [
            "-p", driver.Directory, "-c", Channel, "-C", Channel, "-s", "1002", "-S", "1003",
            "-L", length.ToString(CultureInfo.InvariantCulture), "-m", load.Events.ToString(CultureInfo.InvariantCulture), "-w", WarmUp,
        ];
        using OfficialProcess process = OfficialProcess.Start(program, null, NoSettings, arguments);
        return PingOutcome.Of(OfficialFigures.Latency(process.Lines(load.Seconds), program));
    }
}
