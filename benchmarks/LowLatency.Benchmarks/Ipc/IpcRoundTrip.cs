using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Peers.Official;
using LowLatency.Core.Histograms;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>A message there on one stream and back on another, one at a time.</summary>
/// <param name="driver">Whose driver.</param>
/// <param name="length">Bytes of a message, at least 16.</param>
/// <param name="role">What it is in the experiment.</param>
internal sealed class IpcRoundTrip(DriverKind driver, int length, Role role) : Contender(NameOf(driver), role)
{
    private const string Channel = "aeron:ipc";
    private const int PingStream = 1002;
    private const int PongStream = 1003;

    // How many polls that found nothing may pass before the driver gets its turn: rarely, because someone waits.
    private const int PollsATurn = 256;

    private readonly byte[] _message = new byte[length];
    private IpcStation? _station;
    private ExclusivePublication? _there;
    private ExclusivePublication? _back;
    private Image? _pings;
    private Image? _pongs;

    public override string? Missing => driver == DriverKind.Official ? OfficialPrograms.Missing(OfficialDriver.Program) : null;

    // The official driver runs while it is needed only.
    public override bool StartsAnew => driver == DriverKind.Official;

    public override RunOutcome Run(Load load)
    {
        try
        {
            if (_station is null) Open();
            var latency = new LatencyHistogram(1, 10_000_000_000, 3);
            long wrong = 0;
            CrewOutcome crew;
            using (_station!.TurnsOfRun()) crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => wrong = Ping(load.Events, latency), () => Pong(load.Events));
            if (wrong != 0 || latency.Count != load.Events)
                throw new LabException($"{Name}: {latency.Count} of {load.Events} messages came back, {(wrong == 0 ? "all" : "not all")} of them as sent.");
            return RunOutcome.Of(crew, load.Events, latency);
        }
        finally
        {
            if (StartsAnew) Close();
        }
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }

    private static string NameOf(DriverKind driver) => driver switch
    {
        DriverKind.Official => "LowLatency, exclusive, on aeronmd",
        DriverKind.SubscribersThread => "LowLatency, exclusive, driver on the answering thread",
        _ => "LowLatency, exclusive",
    };

    private void Open()
    {
        _station = new IpcStation(driver);
        using IDisposable? turns = _station.Turns();
        Subscription pings = _station.Client.AddSubscription(Channel, PingStream);
        Subscription pongs = _station.Client.AddSubscription(Channel, PongStream);
        _there = _station.Client.AddExclusivePublication(Channel, PingStream);
        _back = _station.Client.AddExclusivePublication(Channel, PongStream);
        _pings = OfficialPrograms.Await(() => pings.ImageBySession(_there.SessionId), "the image of the pings");
        _pongs = OfficialPrograms.Await(() => pongs.ImageBySession(_back.SessionId), "the image of the pongs");
    }

    private long Ping(long count, LatencyHistogram latency)
    {
        SpinWaiting waiting = default;
        var handler = new PingHandler(latency);
        for (long i = 0; i < count; i++)
        {
            handler.Number = i;
            MemoryMarshal.Write(_message.AsSpan(sizeof(long)), i);
            while (true)
            {
                MemoryMarshal.Write(_message, LabClock.NowNs());
                if (_there!.Offer(_message, out OfferResult result)) break;
                IpcLoops.Refused(result);
            }

            while (_pongs!.Poll(ref handler, 1) == 0) waiting.Wait();
        }

        return handler.Wrong;
    }

    private void Pong(long count)
    {
        SpinWaiting waiting = default;
        var handler = new PongHandler(_back!);
        int idle = 0;
        for (long left = count; left > 0;)
        {
            int taken = _pings!.Poll(ref handler, 1);
            left -= taken;
            if (taken != 0) continue;
            if (driver == DriverKind.SubscribersThread && ++idle % PollsATurn == 0) _station!.Driver.Invoke();
            waiting.Wait();
        }
    }

    private void Close()
    {
        _station?.Dispose();
        _station = null;
    }
}
