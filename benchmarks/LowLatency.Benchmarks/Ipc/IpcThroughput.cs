using LowLatency.Aeron.Client;
using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Peers.Official;

namespace LowLatency.Benchmarks.Ipc;

/// <summary>One publication and one subscription of our client, each on a thread.</summary>
/// <param name="driver">Whose driver.</param>
/// <param name="kind">What publication.</param>
/// <param name="length">Bytes of a message, at least 16.</param>
/// <param name="role">What it is in the experiment.</param>
internal sealed class IpcThroughput(DriverKind driver, PublicationKind kind, int length, Role role) : Contender(NameOf(driver, kind), role)
{
    private const string Channel = "aeron:ipc";
    private const int Stream = 1001;

    private readonly byte[] _message = new byte[length];
    private IpcStation? _station;
    private Publication? _publication;
    private Image? _image;
    private long _next;

    public override string? Missing => driver == DriverKind.Official ? OfficialPrograms.Missing(OfficialDriver.Program) : null;

    // The official driver runs while it is needed only.
    public override bool StartsAnew => driver == DriverKind.Official;

    public override RunOutcome Run(Load load)
    {
        try
        {
            if (_station is null) Open();
            long first = _next;
            _next += load.Events;
            MessageTally tally = default;
            CrewOutcome crew;
            using (_station!.TurnsOfRun()) crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => Publish(first, load.Events), () => tally = Take(first, load.Events));
            tally.Check(load.Events, Name);
            return RunOutcome.Of(crew, load.Events);
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

    private static string NameOf(DriverKind driver, PublicationKind kind)
    {
        string how = kind switch
        {
            PublicationKind.ConcurrentOffer => "concurrent",
            PublicationKind.ConcurrentClaim => "concurrent, claims",
            PublicationKind.ExclusiveClaim => "exclusive, claims",
            _ => "exclusive",
        };
        string where = driver switch
        {
            DriverKind.Official => ", on aeronmd",
            DriverKind.SubscribersThread => ", driver on the subscriber's thread, which rests when idle",
            _ => "",
        };
        return $"LowLatency, {how}{where}";
    }

    private void Open()
    {
        _station = new IpcStation(driver);
        using IDisposable? turns = _station.Turns();
        Subscription subscription = _station.Client.AddSubscription(Channel, Stream);
        _publication = kind is PublicationKind.ConcurrentOffer or PublicationKind.ConcurrentClaim
            ? _station.Client.AddPublication(Channel, Stream)
            : _station.Client.AddExclusivePublication(Channel, Stream);
        _image = OfficialPrograms.Await(() => subscription.ImageBySession(_publication.SessionId), "the image");
        OfficialPrograms.Await(() => _publication.IsConnected ? _publication : null, "the connection");
    }

    private void Publish(long first, long count)
    {
        switch (_publication)
        {
            case ExclusivePublication exclusive when kind == PublicationKind.ExclusiveClaim:
                IpcLoops.Claim(exclusive, length, first, count);
                break;
            case ExclusivePublication exclusive:
                IpcLoops.Offer(exclusive, _message, first, count);
                break;
            case ConcurrentPublication concurrent when kind == PublicationKind.ConcurrentClaim:
                IpcLoops.Claim(concurrent, length, first, count);
                break;
            case ConcurrentPublication concurrent:
                IpcLoops.Offer(concurrent, _message, first, count);
                break;
        }
    }

    private MessageTally Take(long first, long count) =>
        driver == DriverKind.SubscribersThread ? IpcLoops.TakeAndDrive(_image!, _station!.Driver, first, count) : IpcLoops.Take(_image!, first, count);

    private void Close()
    {
        _station?.Dispose();
        _station = null;
        _next = 0;
    }
}
