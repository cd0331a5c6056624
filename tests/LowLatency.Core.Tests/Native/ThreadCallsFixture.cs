using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Native;

/// <summary>What holds for the calls, whoever makes them.</summary>
public abstract class ThreadCallsFixture
{
    private const int NotPermitted = -1;
    private const int AccessDenied = -13;
    private const int OutOfMemory = -12;
    private const int Invalid = -22;

    private readonly IThreadCalls _calls;

    private protected ThreadCallsFixture(IThreadCalls calls) => _calls = calls;

    [Fact]
    public void Should_Tell_How_Many_Cpus_There_Are_Whatever_The_Room()
    {
        int count = _calls.GetAffinity([]);
        Assert.True(count >= 1);
        int[] cpus = new int[count];
        Assert.Equal(count, _calls.GetAffinity(cpus));
        Assert.Equal(cpus.Order().Distinct(), cpus);
        int[] one = [-1];
        Assert.Equal(count, _calls.GetAffinity(one));
        Assert.Equal(cpus[0], one[0]);
    }

    [Fact]
    public void Should_Bind_The_Calling_Thread_Only()
    {
        int[] all = Cpus();
        (int result, int[] bound) = OwnThread.Run(() => (_calls.SetAffinity([all[^1]]), Cpus()));
        Assert.Equal(0, result);
        Assert.Equal([all[^1]], bound);
        Assert.Equal(all, Cpus());
    }

    [Fact]
    public void Should_Bind_To_Several_Cpus_In_Any_Order()
    {
        int[] all = Cpus();
        Assert.Equal(all, OwnThread.Run(() =>
        {
            _calls.SetAffinity([all[0]]);
            return _calls.SetAffinity([.. all.Reverse()]) == 0 ? Cpus() : [];
        }));
    }

    [Fact]
    public void Should_Ignore_Cpus_Beyond_Any_Mask_Of_64_Bits_Beside_A_Real_One()
    {
        // Linux cuts the set down to the CPUs that there are.
        int[] all = Cpus();
        Assert.Equal([all[0]], OwnThread.Run(() => _calls.SetAffinity([5000, all[0]]) == 0 ? Cpus() : []));
    }

    [Theory]
    [InlineData]
    [InlineData(-1)]
    [InlineData(5000)]
    [InlineData(1 << 16)]
    [InlineData(int.MaxValue)]
    public void Should_Refuse_Cpus_That_Cannot_Be(params int[] cpus)
    {
        (int result, int[] after) = OwnThread.Run(() => (_calls.SetAffinity(cpus), Cpus()));
        Assert.Equal(Invalid, result);
        Assert.Equal(Cpus(), after);
    }

    [Fact]
    public void Should_Run_Under_Fifo_And_Go_Back()
    {
        int[] seen = OwnThread.Run<int[]>(() => [_calls.GetFifo(), _calls.SetFifo(7), _calls.GetFifo(), _calls.SetFifo(0), _calls.GetFifo()]);
        Assert.SkipWhen(seen[1] == NotPermitted, "SCHED_FIFO is not permitted here");
        Assert.Equal([0, 0, 7, 0, 0], seen);
    }

    [Fact]
    public void Should_Not_Pass_Fifo_On_To_Threads_That_It_Starts()
    {
        (int result, int policy, int child) = OwnThread.Run(() => (_calls.SetFifo(3), Libc.GetScheduler(0), OwnThread.Run(_calls.GetFifo)));
        Assert.SkipWhen(result == NotPermitted, "SCHED_FIFO is not permitted here");
        Assert.Equal((0, 0), (result, child));
        // The runtime starts its threads under normal scheduling whatever we do; those of other libraries need the flag.
        Assert.Equal(Libc.SchedFifo | Libc.SchedResetOnFork, policy);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100)]
    public void Should_Refuse_A_Fifo_Priority_That_Cannot_Be(int priority) => Assert.Equal(Invalid, OwnThread.Run(() => _calls.SetFifo(priority)));

    [Fact]
    public void Should_Give_Way_To_Others_Without_A_Privilege()
    {
        (int result, int nice) = OwnThread.Run(() => (_calls.SetNice(11), _calls.GetNice(out int nice) == 0 ? nice : int.MinValue));
        Assert.Equal((0, 11), (result, nice));
        Assert.Equal(0, _calls.GetNice(out int own));
        Assert.NotEqual(11, own);
    }

    [Fact]
    public void Should_Tell_A_Nice_Value_Of_Minus_One_From_An_Error()
    {
        (int result, int read, int nice) = OwnThread.Run(() => (_calls.SetNice(-1), _calls.GetNice(out int nice), nice));
        Assert.SkipWhen(result is NotPermitted or AccessDenied, "nice below 0 is not permitted here");
        Assert.Equal((0, 0, -1), (result, read, nice));
    }

    [Fact]
    public void Should_Not_Pass_A_Raised_Nice_Value_On_To_Threads_That_It_Starts()
    {
        (int result, int child) = OwnThread.Run(() => (_calls.SetNice(-5), OwnThread.Run(() => _calls.GetNice(out int nice) == 0 ? nice : int.MinValue)));
        Assert.SkipWhen(result is NotPermitted or AccessDenied, "nice below 0 is not permitted here");
        Assert.Equal((0, 0), (result, child));
    }

    [Theory]
    [InlineData(-21)]
    [InlineData(20)]
    public void Should_Refuse_A_Nice_Value_That_Cannot_Be(int nice) => Assert.Equal(Invalid, OwnThread.Run(() => _calls.SetNice(nice)));

    [Fact]
    public void Should_Lock_Memory_And_Let_Go()
    {
        int result = _calls.LockMemory();
        try
        {
            Assert.SkipWhen(result is NotPermitted or OutOfMemory, "mlockall is not permitted here");
            Assert.Equal(0, result);
            Assert.Contains(File.ReadLines("/proc/self/status"), line => line.StartsWith("VmLck:", StringComparison.Ordinal) && !line.Contains(" 0 kB", StringComparison.Ordinal));
        }
        finally
        {
            Assert.Equal(0, _calls.UnlockMemory());
        }
    }

    private int[] Cpus()
    {
        int[] cpus = new int[Math.Max(0, _calls.GetAffinity([]))];
        _calls.GetAffinity(cpus);
        return cpus;
    }
}
