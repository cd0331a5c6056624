using LowLatency.Aeron.Buffers;
using LowLatency.Aeron.Logs;
using LowLatency.Core.Agents;
using LowLatency.Core.Counters;

namespace LowLatency.Aeron.Driver;

/// <summary>
/// The driver: commands of clients, limits of publishers, timers. All of it is one duty cycle on one thread; the faster it comes round, the smaller windows may be.
/// </summary>
internal sealed partial class DriverConductor : Agent, IMessageHandler
{
    private const int CommandsATurn = 10;

    private readonly MediaDriverContext _context;
    private readonly DriverDirectory _directory;
    private readonly DriverCnc _cnc;
    private readonly ClientProxy _clients;
    private readonly DriverServices _services;
    private readonly SessionIds _sessionIds;
    private readonly Dictionary<long, DriverClient> _clientsById = [];
    private readonly Dictionary<long, IpcSubscription> _subscriptions = [];
    private readonly Dictionary<(int TypeId, long RegistrationId), Counter> _staticCounters = [];
    private readonly List<string> _undeletedLogs = [];
    private readonly List<DriverClient> _deadClients = [];
    private readonly long _timerIntervalNs;
    private readonly long _clientLivenessNs;
    private IpcPublication[] _publications = [];
    private long _nextTimerNs;
    private long _lastCommandPosition;
    private long _lastCommandChangeNs;
    private bool _isTerminated;
    private bool _isClosed;
    private bool _hasEnded;

    public DriverConductor(MediaDriverContext context, DriverDirectory directory, DriverCnc cnc)
    {
        _context = context;
        _directory = directory;
        _cnc = cnc;
        _clients = new ClientProxy(cnc.ToClients);
        _services = new DriverServices(_clients, cnc.Counters, cnc.SystemCounters, context.PublicationUnblockTimeoutMs * 1_000_000L);
        _sessionIds = new SessionIds(context.ReservedSessionIdLow, context.ReservedSessionIdHigh);
        _timerIntervalNs = context.TimerIntervalMs * 1_000_000L;
        _clientLivenessNs = context.ClientLivenessTimeoutMs * 1_000_000L;
        _nextTimerNs = context.Clock.MonotonicNs() + _timerIntervalNs;
        _lastCommandChangeNs = context.Clock.MonotonicNs();
        cnc.SystemCounters[SystemCounters.BytesMapped].Set(cnc.Length);
    }

    public override string Name => "aeron-driver";

    /// <summary>Whether it has ended, and let go of its folder: closed, or terminated by a client's command.</summary>
    public bool HasEnded => Volatile.Read(ref _hasEnded);

    private long NowMs => _context.Clock.EpochNs() / 1_000_000;

    public override int DoWork()
    {
        if (_isClosed) return 0;
        long nowNs = _context.Clock.MonotonicNs();
        int work = 0;
        if (nowNs - _nextTimerNs >= 0)
        {
            OnTimer(nowNs);
            _nextTimerNs = nowNs + _timerIntervalNs;
            work++;
        }

        work += _cnc.ToDriver.Read(this, CommandsATurn);
        foreach (IpcPublication publication in _publications)
        {
            work += publication.UpdateLimit();
            publication.CheckUntethered(nowNs);
        }

        if (_isTerminated) Terminate();
        return work;
    }

    public override void OnClose() => Close();

    /// <summary>Frees everything, and tells the clients that the driver is gone. May be called more than once; not while it runs.</summary>
    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        // From before the clients are told, because then the next driver may come.
        using (IDisposable? alone = _context.DeletesDirectoryOnShutdown ? _directory.TryTakeToEnd() : null)
        {
            _cnc.Close();
            foreach (IpcPublication publication in _publications) Delete(publication.Log);
            _publications = [];
            if (alone is not null) _directory.Delete();
        }

        if (_context.DeletesDirectoryOnShutdown) _directory.DeleteIfEmpty();
        Volatile.Write(ref _hasEnded, true);
    }

    /// <summary>Writes an error down and counts it.</summary>
    public void Record(Exception thrown)
    {
        _cnc.SystemCounters[SystemCounters.Errors].Increment();
        string text = thrown is CommandException refused ? $"{(int)refused.Code} {refused.Code}: {thrown.Message}" : $"{thrown.GetType().FullName}: {thrown.Message}";
        if (!_cnc.Errors.Record(text, thrown is CommandException ? null : thrown.StackTrace)) Console.Error.WriteLine($"aeron driver, error log full: {text}");
        _context.ErrorHandler?.OnError(Name, thrown);
    }

    private void Terminate()
    {
        Close();
        _context.OnTerminated?.Invoke();
    }

    private void OnTimer(long nowNs)
    {
        long nowMs = NowMs;
        _cnc.ToDriver.ConsumerHeartbeatMs = nowMs;
        CheckClients(nowMs);
        CheckPublications(nowNs);
        CheckBlockedCommands(nowNs);
        RetryDeletions();
    }

    private void CheckClients(long nowMs)
    {
        // Not over Values, which is an object of its own from the first look on.
        foreach ((_, DriverClient client) in _clientsById)
        {
            if (nowMs > client.Heartbeat.Value + (_clientLivenessNs / 1_000_000)) _deadClients.Add(client);
        }

        foreach (DriverClient client in _deadClients) Bury(client);
        _deadClients.Clear();
    }

    private void Bury(DriverClient client)
    {
        _clientsById.Remove(client.Id);
        if (!client.IsClosedByCommand)
        {
            _cnc.SystemCounters[SystemCounters.ClientTimeouts].Increment();
            _clients.ClientTimeout(client.Id);
        }

        _clients.UnavailableCounter(client.Id, client.Heartbeat.Id);
        _cnc.Counters.Free(client.Heartbeat);
        foreach (IpcPublication publication in client.Publications.Values) publication.ReleaseReference();
        foreach ((long registrationId, Counter counter) in client.Counters) FreeCounter(registrationId, counter);
        foreach (IpcSubscription subscription in _subscriptions.Values.Where(s => s.ClientId == client.Id).ToArray()) Remove(subscription);
    }

    private void CheckPublications(long nowNs)
    {
        foreach (IpcPublication publication in _publications)
        {
            publication.OnTimer(nowNs);
            if (!publication.TryEndCoolDown(nowNs)) continue;
            foreach (IpcSubscription subscription in _subscriptions.Values) Link(publication, subscription);
        }

        if (!Array.Exists(_publications, p => p.State == PublicationState.Done)) return;
        foreach (IpcPublication done in _publications.Where(p => p.State == PublicationState.Done))
        {
            done.Close();
            Delete(done.Log);
        }

        _publications = [.. _publications.Where(p => p.State != PublicationState.Done)];
    }

    private void CheckBlockedCommands(long nowNs)
    {
        long head = _cnc.ToDriver.HeadPosition;
        if (head != _lastCommandPosition || _cnc.ToDriver.TailPosition <= head)
        {
            _lastCommandPosition = head;
            _lastCommandChangeNs = nowNs;
        }
        else if (nowNs - _lastCommandChangeNs > _clientLivenessNs && _cnc.ToDriver.Unblock())
        {
            _cnc.SystemCounters[SystemCounters.UnblockedCommands].Increment();
        }
    }

    private void Delete(LogBuffers log)
    {
        _cnc.SystemCounters[SystemCounters.BytesMapped].Add(-log.FileLength);
        // This thread was the only one of the driver that used it; clients have their own mappings.
        log.Unmap();
        TryDelete(log.Path);
    }

    private void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            _cnc.SystemCounters[SystemCounters.FreeFails].Increment();
            _undeletedLogs.Add(path);
        }
    }

    private void RetryDeletions()
    {
        if (_undeletedLogs.Count == 0) return;
        string[] again = [.. _undeletedLogs];
        _undeletedLogs.Clear();
        foreach (string path in again) TryDelete(path);
    }
}
