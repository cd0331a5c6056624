using System.Globalization;
using LowLatency.Benchmarks.Ipc;
using LowLatency.Benchmarks.Lab;

namespace LowLatency.Benchmarks.Peers.Official;

/// <summary>A streaming publisher and rate_subscriber of C, two processes that are pinned as our threads are.</summary>
/// <param name="program">streaming_publisher, or streaming_exclusive_publisher, which sends 32 bytes whatever it is told.</param>
/// <param name="length">Bytes of a message.</param>
internal sealed class OfficialStreaming(string program, int length) : OfficialPeer($"C {program}", program, Subscriber)
{
    private const string Subscriber = "rate_subscriber";
    private const string Stream = "1001";

    protected override RunOutcome Run(Load load, OfficialDriver driver)
    {
        string[] subscriberArguments = ["-p", driver.Directory, "-c", Channel, "-s", Stream, "-f", IpcLoops.FragmentLimit.ToString(CultureInfo.InvariantCulture)];
        using OfficialProcess subscriber = OfficialProcess.Start(Subscriber, 1, NoSettings, subscriberArguments);
        driver.AwaitClient();
        // The count last: the exclusive one takes -L for it.
        string[] arguments =
        [
            "-p", driver.Directory, "-c", Channel, "-s", Stream, "-l", "0",
            "-L", length.ToString(CultureInfo.InvariantCulture), "-m", load.Events.ToString(CultureInfo.InvariantCulture),
        ];
        using OfficialProcess publisher = OfficialProcess.Start(program, 0, NoSettings, arguments);
        return At(OfficialFigures.Rate(publisher.Lines(load.Seconds), program), load.Events);
    }
}
