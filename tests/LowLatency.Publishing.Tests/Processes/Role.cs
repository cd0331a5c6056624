using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;

namespace LowLatency.Publishing.Tests.Processes;

/// <summary>What a process of a test does; it prints a line where it has come.</summary>
internal static class Role
{
    public static int Run(string[] arguments) => arguments switch
    {
        ["driver", var directory] => Drive(directory),
        ["subscribe", var directory] => Subscribe(directory),
        _ => throw new ArgumentException($"There is no role {arguments.FirstOrDefault()}."),
    };

    private static int Drive(string directory)
    {
        using MediaDriver driver = MediaDriver.Launch(new MediaDriverContext { Directory = directory });
        Console.Out.WriteLine("ready");
        Console.In.ReadLine();
        return 0;
    }

    // Any Aeron client, one that is waited for: it knows the streams and that a record's first byte tells its length, and nothing else of ours.
    private static int Subscribe(string directory)
    {
        using AeronClient client = AeronClient.Connect(new AeronContext { Directory = directory });
        Subscription[] streams = [.. Enumerable.Range(1001, 5).Select(stream => client.AddSubscription("aeron:ipc", stream))];
        Console.Out.WriteLine("ready");
        var digests = new StreamDigests();
        while (!digests.IsComplete)
        {
            int fragments = 0;
            foreach (Subscription stream in streams) fragments += stream.Poll(ref digests, 256);
            if (fragments == 0) Thread.Yield();
        }

        Console.Out.WriteLine(digests.ToString());
        return 0;
    }
}
