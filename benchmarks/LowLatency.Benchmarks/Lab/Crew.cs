using System.Diagnostics;

namespace LowLatency.Benchmarks.Lab;

/// <summary>Runs the bodies of an experiment, each on a pinned thread of its own, all started at once.</summary>
public sealed class Crew
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Action[] _bodies;
    private readonly long[] _startNs;
    private readonly long[] _endNs;
    private readonly long[] _allocated;
    private readonly Exception?[] _failures;
    private int _ready;
    private volatile bool _go;

    private Crew(Action[] bodies)
    {
        _bodies = bodies;
        _startNs = new long[bodies.Length];
        _endNs = new long[bodies.Length];
        _allocated = new long[bodies.Length];
        _failures = new Exception?[bodies.Length];
    }

    /// <summary>Runs bodies and waits for them.</summary>
    /// <param name="expected">How long they should take at most; a minute more is waited.</param>
    /// <param name="bodies">What the threads do; the first runs on the first processor, and so on.</param>
    /// <exception cref="LabException">One failed, or they did not end.</exception>
    public static CrewOutcome Run(TimeSpan expected, params Action[] bodies) => new Crew(bodies).Run(expected);

    /// <summary>Runs bodies that take seconds at most.</summary>
    /// <param name="bodies">As there.</param>
    public static CrewOutcome Run(params Action[] bodies) => Run(TimeSpan.Zero, bodies);

    private static int[] Collections() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    private CrewOutcome Run(TimeSpan expected)
    {
        var threads = new Thread[_bodies.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int index = i;
            threads[i] = new Thread(() => Body(index)) { IsBackground = true, Name = $"lab-{i}" };
            threads[i].Start();
        }

        while (Volatile.Read(ref _ready) < threads.Length) Thread.Yield();
        int[] before = Collections();
        _go = true;
        long deadline = Stopwatch.GetTimestamp() + (long)((Patience + expected).TotalSeconds * Stopwatch.Frequency);
        foreach (Thread thread in threads)
        {
            var left = TimeSpan.FromSeconds(Math.Max(0, (double)(deadline - Stopwatch.GetTimestamp()) / Stopwatch.Frequency));
            if (!thread.Join(left)) throw new LabException($"Thread {thread.Name} did not end in {(Patience + expected).TotalSeconds:0} s: events were lost.");
        }

        int[] after = Collections();
        if (_failures.FirstOrDefault(f => f is not null) is { } failure) throw new LabException(failure.Message, failure);
        return new CrewOutcome(_endNs.Max() - _startNs.Min(), _allocated.Sum(), [.. after.Zip(before, (a, b) => a - b)]);
    }

    private void Body(int index)
    {
        try
        {
            Placement.Current.PinCurrentThread(index);
            Interlocked.Increment(ref _ready);
            while (!_go) Thread.Yield();
            long before = GC.GetAllocatedBytesForCurrentThread();
            _startNs[index] = LabClock.NowNs();
            _bodies[index]();
            _endNs[index] = LabClock.NowNs();
            _allocated[index] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        catch (Exception failure)
        {
            _failures[index] = failure;
        }
    }
}
