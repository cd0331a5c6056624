using System.Globalization;
using LowLatency.Benchmarks.Ipc;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>A throughput sample of C++: claims of a publication and a subscription on two threads of one process, where the system puts them.</summary>
/// <param name="program">Throughput or ExclusiveThroughput.</param>
/// <param name="length">Bytes of a message.</param>
internal sealed class OfficialThroughput(string program, int length) : OfficialPeer($"C++ {program}", program)
{
    protected override RunOutcome Run(Load load, OfficialDriver driver)
    {
        string[] arguments =
        [
            "-p", driver.Directory, "-c", Channel, "-L", length.ToString(CultureInfo.InvariantCulture), "-m", load.Events.ToString(CultureInfo.InvariantCulture),
            "-l", "0", "-f", IpcLoops.FragmentLimit.ToString(CultureInfo.InvariantCulture),
        ];
        using OfficialProcess process = OfficialProcess.Start(program, null, NoSettings, arguments);
        return At(OfficialFigures.Rate(process.Lines(load.Seconds), program), load.Events);
    }
}
