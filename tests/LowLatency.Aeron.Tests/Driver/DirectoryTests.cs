using System.Collections.Concurrent;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Tests.Simulation;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Tests.Driver;

public sealed class DirectoryTests : IDisposable
{
    private readonly MemoryFolder _folder = new();
    private readonly ManualClock _clock = new(1_700_000_000_000_000_000);
    private readonly string _directory;

    public DirectoryTests() => _directory = _folder.PathOf("deep/driver");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Not_Take_The_Folder_Of_A_Living_Driver()
    {
        using MediaDriver first = MediaDriver.Launch(Context());
        AeronException thrown = Assert.Throws<AeronException>(() => MediaDriver.Launch(Context()));
        Assert.Contains($"process {Environment.ProcessId}", thrown.Message, StringComparison.Ordinal);
        _clock.Advance(10_000_000_000);
        Assert.Throws<AeronException>(() => MediaDriver.Launch(Context()));
        Assert.Equal(ProcessState.Running, State());
    }

    [Fact]
    public void Should_Take_The_Folder_Of_A_Dead_Driver_And_Delete_Only_What_Drivers_Make()
    {
        MediaDriver dead = MediaDriver.Launch(Context());
        AeronClient client = AeronClient.Connect(new AeronContext { Directory = _directory, UsesInvoker = true, Clock = _clock, DriverAgent = dead.Conductor });
        client.AddPublication("aeron:ipc?term-length=64k", 1);
        File.WriteAllText(Path.Combine(_directory, "notes.txt"), "mine");
        _clock.Advance(10_001_000_000);
        using (MediaDriver second = MediaDriver.Launch(Context()))
        {
            Assert.Empty(Directory.GetFiles(Path.Combine(_directory, "publications")));
            using AeronClient other = AeronClient.Connect(new AeronContext { Directory = _directory, UsesInvoker = true, Clock = _clock, DriverAgent = second.Conductor });
            other.AddPublication("aeron:ipc?term-length=64k", 1).Dispose();
        }

        Assert.Equal(["notes.txt"], Directory.GetFileSystemEntries(_directory).Select(Path.GetFileName));
    }

    [Fact]
    public void Should_Take_The_Folder_Of_A_Killed_Driver_Once_It_Is_Silent_For_Longer_Than_Any_Is()
    {
        MediaDriver.Launch(Context());
        long start = _clock.EpochNs();
        using (MediaDriver second = MediaDriver.Launch(Context(processExists: false, wait: () => _clock.Advance(10_000_000)))) second.Invoke();
        Assert.InRange(_clock.EpochNs() - start, 2_500_000_000, 2_520_000_000);
    }

    [Fact]
    public void Should_Not_Take_The_Folder_Of_A_Driver_Whose_Process_Is_Not_To_Be_Seen_But_Gives_A_Sign()
    {
        using MediaDriver first = MediaDriver.Launch(Context());
        void Wait()
        {
            _clock.Advance(500_000_000);
            first.Invoke();
        }

        Assert.Throws<AeronException>(() => MediaDriver.Launch(Context(processExists: false, wait: Wait)));
        Assert.Equal(ProcessState.Running, State());
    }

    [Fact]
    public void Should_Let_Exactly_One_Of_Many_That_Start_At_Once_Have_The_Folder()
    {
        for (int round = 0; round < 20; round++)
        {
            // One has died in the folder.
            MediaDriver.Launch(Context());
            _clock.Advance(10_001_000_000);
            using var start = new Barrier(4);
            var drivers = new ConcurrentBag<MediaDriver>();
            var failures = new ConcurrentBag<Exception>();
            Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() =>
            {
                start.SignalAndWait();
                try
                {
                    drivers.Add(MediaDriver.Launch(Context()));
                }
                catch (Exception thrown)
                {
                    failures.Add(thrown);
                }
            }))];
            foreach (Thread thread in threads) thread.Start();
            foreach (Thread thread in threads) thread.Join();
            Assert.All(failures, thrown => Assert.Contains(_directory, Assert.IsType<AeronException>(thrown).Message, StringComparison.Ordinal));
            Assert.Single(drivers).Dispose();
            Assert.False(Directory.Exists(_directory));
        }
    }

    [Fact]
    public void Should_Leave_No_Lock_Behind()
    {
        using MediaDriver first = MediaDriver.Launch(Context());
        Assert.Throws<AeronException>(() => MediaDriver.Launch(Context()));
        Assert.Equal(["cnc.dat", "images", "publications"], Directory.GetFileSystemEntries(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        using FileStream held = new(Path.Combine(_directory, StartLock.FileName), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains($"just starting or stopping in {_directory}", Assert.Throws<AeronException>(() => MediaDriver.Launch(Context(deletes: true))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Take_Any_Folder_When_Told_To()
    {
        using MediaDriver first = MediaDriver.Launch(Context());
        using MediaDriver second = MediaDriver.Launch(Context(deletes: true));
        Assert.Equal(ProcessState.Running, State());
    }

    [Fact]
    public void Should_Take_A_Folder_Where_A_Driver_Died_In_The_Making()
    {
        Directory.CreateDirectory(_directory);
        MappedFile.Create(Path.Combine(_directory, "cnc.dat"), 8192).Dispose();
        using (MediaDriver driver = MediaDriver.Launch(Context())) Assert.Equal(ProcessState.Running, State());
        Directory.CreateDirectory(_directory);
        File.WriteAllText(Path.Combine(_directory, "cnc.dat"), "");
        using (MediaDriver driver = MediaDriver.Launch(Context())) Assert.Equal(ProcessState.Running, State());
    }

    [Fact]
    public void Should_Not_Take_The_Folder_Of_Another_Version()
    {
        Directory.CreateDirectory(_directory);
        using MappedFile file = MappedFile.Create(Path.Combine(_directory, "cnc.dat"), 8192);
        file.View.PutInt32(0, 1 << 16);
        Assert.Contains("another version (1.0.0)", Assert.Throws<AeronException>(() => MediaDriver.Launch(Context())).Message, StringComparison.Ordinal);
        Assert.Contains("1.0.0", Assert.Throws<AeronException>(() => AeronClient.Connect(new AeronContext { Directory = _directory, UsesInvoker = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Leave_The_Folder_When_Told_To()
    {
        using (MediaDriver driver = MediaDriver.Launch(Context(deletesOnShutdown: false)))
        {
            using AeronClient client = AeronClient.Connect(new AeronContext { Directory = _directory, UsesInvoker = true, Clock = _clock, DriverAgent = driver.Conductor });
            client.AddPublication("aeron:ipc?term-length=64k", 1);
        }

        Assert.Equal(ProcessState.Stopped, State());
        Assert.Empty(Directory.GetFiles(Path.Combine(_directory, "publications")));
        // Stopped in order: nobody waits for its heart.
        using MediaDriver next = MediaDriver.Launch(Context());
        Assert.Equal(ProcessState.Running, State());
    }

    [Theory]
    [InlineData("IpcTermLength")]
    [InlineData("IpcMtuLength")]
    [InlineData("ToDriverBufferLength")]
    [InlineData("ToClientsBufferLength")]
    [InlineData("CounterValuesBufferLength")]
    [InlineData("ErrorBufferLength")]
    [InlineData("FilePageSize")]
    [InlineData("TimerIntervalMs")]
    [InlineData("DriverTimeoutMs")]
    [InlineData("ClientLivenessTimeoutMs")]
    [InlineData("PublicationUnblockTimeoutMs")]
    [InlineData("UntetheredWindowLimitTimeoutMs")]
    [InlineData("UntetheredLingerTimeoutMs")]
    [InlineData("UntetheredRestingTimeoutMs")]
    [InlineData("ParkMs")]
    public void Should_Name_A_Setting_That_Is_Impossible(string name)
    {
        var context = new MediaDriverContext { Directory = _directory };
        typeof(MediaDriverContext).GetProperty(name)!.SetValue(context, -7);
        Assert.Contains($"MediaDriverContext.{name} is -7, and must be", Assert.Throws<ArgumentException>(() => MediaDriver.Launch(context)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_directory));
    }

    [Fact]
    public void Should_Be_Readable_By_The_Tools_Of_Counters()
    {
        using MediaDriver driver = MediaDriver.Launch(Context());
        using CountersSource source = CountersSource.Open(Path.Combine(_directory, "cnc.dat"));
        Assert.Equal((CountersFormat.Aeron, (long)Environment.ProcessId, 1_700_000_000_000L, 1_700_000_000_000L), (source.Format, source.ProcessId, source.StartMs, source.HeartbeatMs));
        Assert.Equal(46, source.Counters.ReadAll().Count);
        _clock.Advance(1_000_000_000);
        driver.Invoke();
        Assert.Equal(1_700_000_001_000L, source.HeartbeatMs);
    }

    private MediaDriverContext Context(bool deletes = false, bool deletesOnShutdown = true, bool processExists = true, Action? wait = null) => new()
    {
        Directory = _directory, UsesInvoker = true, Clock = _clock, DeletesDirectoryOnStart = deletes, DeletesDirectoryOnShutdown = deletesOnShutdown,
        ProcessExists = _ => processExists, Wait = wait ?? (() => _clock.Advance(1_000_000)),
    };

    private ProcessState State()
    {
        using CountersSource source = CountersSource.Open(Path.Combine(_directory, "cnc.dat"));
        return source.StateAt(_clock.EpochNs() / 1_000_000);
    }
}
