using System.Diagnostics;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Tests.Processes;

/// <summary>A driver's folder on a file system of memory that is small, and full: a clear error, and no process dies of it.</summary>
public sealed class FullFolderTests : IDisposable
{
    private readonly MemoryFolder _folder = new();
    private bool _isMounted;

    public void Dispose()
    {
        // Lazily: logs of the client stay mapped until the collector has noticed that nobody can reach them.
        if (_isMounted) Assert.Equal(0, Run("umount", "-l", _folder.FullName));
        _folder.Dispose();
    }

    [Fact]
    public void Should_Refuse_Logs_When_The_Folder_Is_Full_And_Fill_Those_That_It_Gave()
    {
        Mount("2m");
        using MediaDriver driver = MediaDriver.Launch(Context());
        using AeronClient client = AeronClient.Connect(new AeronContext { Directory = driver.Directory });
        var publications = new List<ConcurrentPublication>();
        RegistrationException? refused = null;
        for (int stream = 0; refused is null; stream++)
        {
            try
            {
                publications.Add(client.AddPublication("aeron:ipc", stream));
            }
            catch (RegistrationException thrown)
            {
                refused = thrown;
            }
        }

        Assert.Equal(AeronErrorCode.StorageSpace, refused.Code);
        Assert.Contains("term-length", refused.Message, StringComparison.Ordinal);
        Assert.InRange(publications.Count, 1, 9);
        Assert.Equal(AeronErrorCode.StorageSpace, Assert.Throws<RegistrationException>(() => client.AddPublication("aeron:ipc?sparse=false", 1000)).Code);
        // Every byte that was promised is there: all terms of all logs are written, several times.
        byte[] message = new byte[1376];
        for (int i = 0; i < publications.Count; i++)
        {
            using Subscription subscription = client.AddSubscription("aeron:ipc", i);
            for (int sent = 0, received = 0; received < 500;)
            {
                if (sent < 500 && publications[i].Offer(message, out _)) sent++;
                received += subscription.Poll((payload, in header) => { }, 10);
            }
        }
    }

    [Fact]
    public void Should_Say_That_There_Is_No_Room_For_A_Driver()
    {
        Mount("256k");
        IOException thrown = Assert.Throws<IOException>(() => MediaDriver.Launch(Context()));
        Assert.Contains(_folder.FullName, thrown.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("driver/cnc.dat")));
    }

    private MediaDriverContext Context() => new()
    {
        Directory = _folder.PathOf("driver"), IpcTermLength = 65536, ToDriverBufferLength = 65536, ToClientsBufferLength = 65536,
        CounterValuesBufferLength = 65536, ErrorBufferLength = 65536,
    };

    private void Mount(string size)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux mounts a tmpfs");
        _isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", _folder.FullName) == 0;
        Assert.SkipUnless(_isMounted, "this user may not mount a tmpfs");
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
