using LowLatency.Aeron;
using LowLatency.Aeron.Channels;
using LowLatency.Aeron.Client;
using LowLatency.Aeron.Driver;
using LowLatency.Core.Agents;
using LowLatency.Core.Errors;

namespace LowLatency.Publishing;

/// <summary>The Aeron driver that a process uses, its own or another's, chosen once at the start.</summary>
public sealed class AeronLink : IDisposable
{
    // What counters, buffers and the seven streams' first pages take, and room to spare.
    private const long LeastRoomBytes = 320L << 20;
    private const int TimerIntervalMs = 20;
    private const int MostFolders = 1000;
    private const int BufferBytes = 256 * 1024;

    private readonly AeronSettings _settings;
    private readonly MediaDriver? _driver;
    private readonly IErrorHandler _errors;

    private AeronLink(AeronSettings settings, string directory, MediaDriver? driver, string reason, IErrorHandler errors)
    {
        _settings = settings;
        Directory = directory;
        _driver = driver;
        Reason = reason;
        _errors = errors;
    }

    /// <summary>The folder when the setting <c>aeron.dir</c> is empty: lowlatency-USER-aeron in /dev/shm; where that is missing or has less than 320 MiB left, in the folder of temporary files.</summary>
    public static string DefaultDirectory
    {
        get
        {
            const string Memory = "/dev/shm";
            string name = $"lowlatency-{Environment.UserName}-aeron";
            bool hasRoom = System.IO.Directory.Exists(Memory) && (System.IO.Directory.Exists(Path.Combine(Memory, name)) || new DriveInfo(Memory).AvailableFreeSpace >= LeastRoomBytes);
            return Path.Combine(hasRoom ? Memory : Path.GetTempPath(), name);
        }
    }

    /// <summary>The driver's folder.</summary>
    public string Directory { get; }

    /// <summary>Which driver was chosen, and why.</summary>
    public string Reason { get; }

    /// <summary>The duty cycle of this process's driver, to be run on a thread; null when the driver is another's.</summary>
    public Agent? DriverAgent => _driver?.Conductor;

    /// <summary>The folder that the settings name.</summary>
    /// <param name="settings">The settings.</param>
    public static string DirectoryOf(AeronSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Dir.Length > 0 ? Path.GetFullPath(settings.Dir) : DefaultDirectory;
    }

    /// <summary>The files that tell of drivers in the default folder and beside it, whether these live or not.</summary>
    public static IEnumerable<string> DefaultDriverFiles()
    {
        string directory = DefaultDirectory;
        return from folder in System.IO.Directory.EnumerateDirectories(Path.GetDirectoryName(directory)!, $"{Path.GetFileName(directory)}*")
               let file = Path.Combine(folder, "cnc.dat")
               where File.Exists(file)
               select file;
    }

    /// <summary>Chooses the driver. It does not wait for another's: <see cref="Connect"/> does.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="errors">Is told of errors of driver and clients.</param>
    /// <exception cref="AeronException">An embedded driver is asked for, and another lives in the folder.</exception>
    /// <exception cref="IOException">The folder cannot be written, or has no room.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static AeronLink Open(AeronSettings settings, IErrorHandler errors)
    {
        ArgumentNullException.ThrowIfNull(settings);
        string directory = DirectoryOf(settings);
        if (settings.Dir.Length == 0) DriverFolders.RemoveAbandoned(directory, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        if (settings.Driver == DriverChoice.External) return new AeronLink(settings, directory, null, $"driver of {directory} (aeron.driver external)", errors);
        try
        {
            return Embed(settings, directory, $"driver in this process, in {directory}", errors);
        }
        catch (AeronException) when (settings.Driver == DriverChoice.Auto && settings.Dir.Length > 0)
        {
            return new AeronLink(settings, directory, null, $"driver that lives in {directory}", errors);
        }
        catch (AeronException) when (settings.Dir.Length == 0)
        {
            return EmbedElsewhere(settings, directory, errors);
        }
    }

    /// <summary>Connects a client; waits for a driver as long as <c>aeron.driver_timeout_ms</c>.</summary>
    /// <param name="name">What the driver's tools call the client.</param>
    /// <exception cref="AeronTimeoutException">There is none.</exception>
    public AeronClient Connect(string name) => AeronClient.Connect(new AeronContext
    {
        Directory = Directory,
        DriverTimeoutMs = _settings.DriverTimeoutMs,
        ClientName = name,
        ErrorHandler = _errors,
    });

    /// <summary>Looks whether an engine's streams can be had at the driver of this process: that it has their channel, and room for their logs.</summary>
    /// <param name="publishing">The settings of the streams.</param>
    /// <exception cref="IOException">They cannot.</exception>
    public void Check(PublishingSettings publishing)
    {
        ArgumentNullException.ThrowIfNull(publishing);
        if (_driver is null) return;
        foreach ((string path, string channel) in (ReadOnlySpan<(string, string)>)[("publishing.channel", publishing.Channel), ("publishing.request_channel", publishing.RequestChannel)])
        {
            if (!ChannelUri.Parse(channel).IsIpc)
                throw new IOException($"{path}: {channel} is not of IPC, which is all that the driver in this process has; run aeronmd, and name its folder by aeron.dir and aeron.driver=external.");
        }

        const int Logs = PublishedStreamIds.Outlets + 1;
        const int TermsOfLog = 3;
        long needed = (long)publishing.TermBytes * TermsOfLog * Logs;
        long free = new DriveInfo(Directory).AvailableFreeSpace;
        if (free < needed)
            throw new IOException($"publishing.term_bytes: {publishing.TermBytes} need {needed >> 20} MiB for {Logs} logs in {Directory}, which has {free >> 20} left; write less, or name another folder by aeron.dir.");
    }

    /// <summary>Stops this process's driver; another's goes on.</summary>
    public void Dispose() => _driver?.Dispose();

    // Another engine has the default folder: of this process, or another.
    private static AeronLink EmbedElsewhere(AeronSettings settings, string directory, IErrorHandler errors)
    {
        for (int number = 1; ; number++)
        {
            string own = number == 1 ? $"{directory}-{Environment.ProcessId}" : $"{directory}-{Environment.ProcessId}-{number}";
            try
            {
                return Embed(settings, own, $"driver in this process, in {own}: another lives in {directory} (aeron.dir)", errors);
            }
            catch (AeronException) when (number < MostFolders)
            {
                // The next one.
            }
        }
    }

    private static AeronLink Embed(AeronSettings settings, string directory, string reason, IErrorHandler errors)
    {
        return new AeronLink(settings, directory, Launch(settings, directory, errors), reason, errors);
    }

    private static MediaDriver Launch(AeronSettings settings, string directory, IErrorHandler errors)
    {
        var context = new MediaDriverContext
        {
            Directory = directory,
            UsesInvoker = true,
            DriverTimeoutMs = settings.DriverTimeoutMs,
            ClientLivenessTimeoutMs = settings.ClientLivenessTimeoutMs,
            PublicationUnblockTimeoutMs = settings.ClientLivenessTimeoutMs + 5000,
            TimerIntervalMs = TimerIntervalMs,
            ToDriverBufferLength = BufferBytes,
            ToClientsBufferLength = BufferBytes,
            CounterValuesBufferLength = BufferBytes,
            ErrorBufferLength = BufferBytes,
            ErrorHandler = errors,
        };
        try
        {
            return MediaDriver.Launch(context);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"aeron.dir: no driver can be made in {directory}: {thrown.Message}", thrown);
        }
    }
}
