namespace LowLatency.Benchmarks.Lab;

/// <summary>Runs the bodies of an experiment, each on a pinned thread of its own, all started at once.</summary>
public sealed class Crew
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Action[] _bodies;
    private readonly long[] _startNs;
    private readonly long[] _endNs;
    private readonly long[] _allocated;
    private readonly object _gate = new();
    private int _ready;
    private int _left;
    private volatile Exception? _failure;
    private volatile bool _go;

    private Crew(Action[] bodies)
    {
        _bodies = bodies;
        _startNs = new long[bodies.Length];
        _endNs = new long[bodies.Length];
        _allocated = new long[bodies.Length];
        _left = bodies.Length;
    }

    /// <summary>Runs bodies and waits for them.</summary>
    /// <param name="expected">How long they should take at most; a minute more is waited.</param>
    /// <param name="bodies">What the threads do; the first runs on the first processor, and so on.</param>
    /// <exception cref="LabException">One failed, which is told at once, or they did not end.</exception>
    public static CrewOutcome Run(TimeSpan expected, params Action[] bodies) => new Crew(bodies).Run(expected);

    private static int[] Collections() => [GC.CollectionCount(0), GC.CollectionCount(1), GC.CollectionCount(2)];

    private static string Running(Thread[] threads) => $"Thread {string.Join(", ", threads.Where(thread => thread.IsAlive).Select(thread => thread.Name))}";

    private CrewOutcome Run(TimeSpan expected)
    {
        var threads = new Thread[_bodies.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int index = i;
            threads[i] = new Thread(() => Body(index)) { IsBackground = true, Name = $"lab-{i}" };
            threads[i].Start();
        }

        while (Volatile.Read(ref _ready) < threads.Length && _failure is null) Thread.Yield();
        int[] before = Collections();
        _go = true;
        bool ended = Await(Patience + expected);
        // A body that failed leaves the others waiting for it: they are left behind, because the command ends with its error.
        if (_failure is { } failure) throw new LabException(failure.Message, failure);
        if (!ended) throw new LabException($"{Running(threads)} did not end in {(Patience + expected).TotalSeconds:0} s: events were lost.");
        foreach (Thread thread in threads) thread.Join();
        int[] after = Collections();
        return new CrewOutcome(_endNs.Max() - _startNs.Min(), _allocated.Sum(), [.. after.Zip(before, (a, b) => a - b)]);
    }

    private void Body(int index)
    {
        try
        {
            Placement.Current.PinCurrentThread(index);
            Interlocked.Increment(ref _ready);
            while (!_go)
            {
                if (_failure is not null) return;
                Thread.Yield();
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            _startNs[index] = LabClock.NowNs();
            _bodies[index]();
            _endNs[index] = LabClock.NowNs();
            _allocated[index] = GC.GetAllocatedBytesForCurrentThread() - before;
            End(null);
        }
        catch (Exception failure)
        {
            End(failure);
        }
    }

    private void End(Exception? failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
            _left--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits, without spinning beside the bodies, until all have ended or one has failed; false when neither happens in time.</summary>
    private bool Await(TimeSpan patience)
    {
        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        lock (_gate)
        {
            while (_left > 0 && _failure is null)
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left))) return _left == 0;
            }
        }

        return true;
    }
}
