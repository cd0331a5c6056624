using System.Globalization;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;

namespace LowLatency.Aeron.Tests.Processes;

/// <summary>
/// What a process of a test does: it prints a line where it has come, and ends when its standard input ends. Arguments are name=value.
/// </summary>
internal static class Role
{
    private const int Patience = 120_000;

    public static int Run(string[] arguments)
    {
        Dictionary<string, string> options = arguments[1..].Select(a => a.Split('=', 2)).ToDictionary(a => a[0], a => a[1]);
        switch (arguments[0])
        {
            case "driver":
                return Drive(options);
            case "publish":
                return Publish(options);
            case "subscribe":
                return Subscribe(options);
            case "claim":
                return Claim(options);
            case "live":
                return Live(options);
            default:
                Console.Error.WriteLine($"There is no role {arguments[0]}.");
                return 2;
        }
    }

    public static MediaDriverContext ContextOf(string directory, bool isQuick) => isQuick
        ? new MediaDriverContext
        {
            Directory = directory, IpcTermLength = 65536, TimerIntervalMs = 100, DriverTimeoutMs = 3000, ClientLivenessTimeoutMs = 2000, PublicationUnblockTimeoutMs = 2500,
            CounterReuseDelayMs = 100,
            UntetheredWindowLimitTimeoutMs = 300, UntetheredLingerTimeoutMs = 300, UntetheredRestingTimeoutMs = 300,
        }
        : new MediaDriverContext { Directory = directory, IpcTermLength = 65536 };

    public static AeronContext ClientContextOf(string directory, bool isQuick) => isQuick
        ? new AeronContext { Directory = directory, DriverTimeoutMs = 3000, KeepaliveIntervalMs = 100 }
        : new AeronContext { Directory = directory };

    private static int Drive(Dictionary<string, string> options)
    {
        using MediaDriver driver = MediaDriver.Launch(ContextOf(options["dir"], options.ContainsKey("quick")));
        Say("ready");
        WaitForEndOfInput();
        return 0;
    }

    private static int Publish(Dictionary<string, string> options)
    {
        using AeronClient client = AeronClient.Connect(ClientContextOf(options["dir"], options.ContainsKey("quick")));
        string channel = options["channel"];
        int stream = Number(options, "stream");
        using Publication publication = options.ContainsKey("exclusive") ? client.AddExclusivePublication(channel, stream) : client.AddPublication(channel, stream);
        Say($"ready {publication.SessionId}");
        Until(() => publication.IsConnected);
        Say("connected");
        int producer = Number(options, "producer");
        byte[] message = new byte[Number(options, "most")];
        long count = long.Parse(options["count"], CultureInfo.InvariantCulture);
        for (long number = 0; number < count; number++)
        {
            Span<byte> body = message.AsSpan(0, Pattern.LengthOf(number, Number(options, "least"), message.Length));
            Pattern.Write(body, producer, number);
            var wait = default(SpinWait);
            OfferResult result;
            var patience = default(Patience);
            while (!publication.Offer(body, out result))
            {
                if (result.Status is OfferStatus.Closed or OfferStatus.MaxPositionExceeded) throw new InvalidOperationException($"{result.Status} at {number}");
                patience.Look();
                if (result.Status != OfferStatus.AdminAction) wait.SpinOnce(sleep1Threshold: 50);
            }
        }

        Say($"done {publication.Position}");
        WaitForEndOfInput();
        return 0;
    }

    private static int Subscribe(Dictionary<string, string> options)
    {
        using AeronClient client = AeronClient.Connect(ClientContextOf(options["dir"], options.ContainsKey("quick")));
        using Subscription subscription = client.AddSubscription(
            options["channel"], Number(options, "stream"), image => Say($"image {image.SessionId}"), image => Say($"gone {image.SessionId} {image.Position}"));
        Say("ready");
        var handler = new FragmentAssembler<PatternChecker>(new PatternChecker(Number(options, "producers")));
        long count = long.Parse(options["count"], CultureInfo.InvariantCulture);
        var wait = default(SpinWait);
        var patience = default(Patience);
        while (handler.Handler.Count < count)
        {
            patience.Look();
            if (subscription.Poll(ref handler, 256) > 0) (wait, patience) = (default, default);
            else wait.SpinOnce(sleep1Threshold: 50);
            if (client.IsClosed) throw new InvalidOperationException($"closed at {handler.Handler.Count}");
        }

        Say($"done {handler.Handler.Count} {handler.Handler.Mistakes} {handler.Handler.FirstMistake}");
        WaitForEndOfInput();
        return 0;
    }

    // Holds a claim for ever.
    private static int Claim(Dictionary<string, string> options)
    {
        using AeronClient client = AeronClient.Connect(ClientContextOf(options["dir"], options.ContainsKey("quick")));
        using Publication publication = client.AddPublication(options["channel"], Number(options, "stream"));
        Until(() => publication.IsConnected);
        if (!publication.TryClaim(100, out _, out OfferResult result)) throw new InvalidOperationException($"{result.Status}");
        Say("claimed");
        WaitForEndOfInput();
        return 0;
    }

    // Subscribes without polling, and tells when it is closed, and why.
    private static int Live(Dictionary<string, string> options)
    {
        AeronContext context = ClientContextOf(options["dir"], isQuick: true);
        using AeronClient client = AeronClient.Connect(new AeronContext
        {
            Directory = context.Directory, DriverTimeoutMs = options.ContainsKey("timeout") ? Number(options, "timeout") : context.DriverTimeoutMs,
            KeepaliveIntervalMs = context.KeepaliveIntervalMs,
            ErrorHandler = new Teller(),
        });
        client.AddSubscription(options["channel"], Number(options, "stream"), image => Say($"image {image.SessionId}"), image => Say("gone"));
        Say("ready");
        WaitForEndOfInput();
        return 0;
    }

    private static int Number(Dictionary<string, string> options, string name) => int.Parse(options[name], CultureInfo.InvariantCulture);

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }

    private static void Until(Func<bool> condition)
    {
        if (!SpinWait.SpinUntil(condition, Patience)) throw new TimeoutException("It did not come.");
    }

    private static void WaitForEndOfInput()
    {
        while (Console.In.ReadLine() is not null)
        {
        }
    }

    private sealed class Teller : Core.Errors.IErrorHandler
    {
        public void OnError(string source, Exception thrown) => Say($"error {thrown.GetType().Name} {thrown.Message}");
    }
}
