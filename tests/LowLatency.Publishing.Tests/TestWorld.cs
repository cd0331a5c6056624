using System.Diagnostics;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing.Tests;

/// <summary>A driver, publishers and subscribers on one thread, turned by the test; errors are kept.</summary>
internal sealed class TestWorld : IDisposable, IErrorHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MemoryFolder _folder = new();
    private readonly List<Agent> _agents = [];
    private MediaDriver? _driver;

    public TestWorld() => StartDriver();

    public PublishingSettings Settings { get; } = new() { TermBytes = 65_536, StatusIntervalMs = 10, UntetheredTimeoutMs = 10 };

    public string Directory => _folder.PathOf("aeron");

    public List<string> Errors { get; } = [];

    public void StartDriver()
    {
        _driver = MediaDriver.Launch(new MediaDriverContext { Directory = Directory, UsesInvoker = true, TimerIntervalMs = 1, DeletesDirectoryOnStart = true });
    }

    /// <summary>Ends the driver in order; the clients notice.</summary>
    public void StopDriver()
    {
        _driver!.Dispose();
        _driver = null;
    }

    public AeronClient Connect() => AeronClient.Connect(new AeronContext { Directory = Directory, DriverTimeoutMs = 2000, KeepaliveIntervalMs = 50, IdleSleepMs = 1, ErrorHandler = this });

    public StreamPublisher Publish(PublishedStreams streams, IPublisherStatus? status = null, long journalBase = -1)
    {
        var publisher = new StreamPublisher(streams, Settings, status ?? new TestStatus(), Connect, new Parker(), SystemClock.Instance, this) { JournalBase = journalBase };
        _agents.Add(publisher);
        return publisher;
    }

    public StreamSubscriber Subscribe(int ringBytes = 1 << 20, string journal = "")
    {
        var subscriber = new StreamSubscriber(Settings, journal, Connect, 64, ringBytes, SystemClock.Instance, this);
        _agents.Add(subscriber);
        return subscriber;
    }

    /// <summary>Takes an agent out of the turns, as if its thread stood still.</summary>
    public void Halt(Agent agent) => _agents.Remove(agent);

    public void Resume(Agent agent) => _agents.Add(agent);

    public void Close(Agent agent)
    {
        Halt(agent);
        agent.OnClose();
    }

    /// <summary>Turns all until something is so.</summary>
    public void Until(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"It has not come to this: {what}. {string.Join('\n', Errors)} {string.Join('\n', _agents.Select(Describe))}");
            Turn();
        }
    }

    /// <summary>Runs what waits for the driver on another thread, and turns meanwhile.</summary>
    public T Run<T>(Func<T> waits)
    {
        Task<T> running = Task.Run(waits);
        Until(() => running.IsCompleted, "a call that waits for the driver ends");
        return running.GetAwaiter().GetResult();
    }

    private static string Describe(Agent agent) => agent switch
    {
        StreamPublisher p => $"publisher: connected {p.IsConnected}, sent {p.Sent}, dropped {p.Dropped}, lapped {p.LappedBytes}, backlog {p.BacklogBytes}",
        StreamSubscriber s => $"subscriber: {s.Phase}, records {s.Records}, missed {s.Missed}, caught up {s.CaughtUp}, snapshots {s.Snapshots}",
        _ => agent.Name,
    };

    public void Turn()
    {
        _driver?.Invoke();
        foreach (Agent agent in _agents.ToArray()) agent.DoWork();
        Thread.Yield();
    }

    public bool HasError(string text)
    {
        lock (Errors) return Errors.Exists(e => e.Contains(text, StringComparison.Ordinal));
    }

    public void OnError(string source, Exception thrown)
    {
        lock (Errors) Errors.Add($"{source}: {thrown.Message}");
    }

    public void Dispose()
    {
        foreach (Agent agent in _agents.ToArray()) Close(agent);
        _driver?.Dispose();
        _folder.Dispose();
    }

    internal sealed class TestStatus : IPublisherStatus
    {
        public PublisherState State { get; set; } = PublisherState.Running;

        public long Taken { get; set; }

        public long Published { get; set; }

        public void OnStatus(StreamPublisher publisher)
        {
        }
    }
}
