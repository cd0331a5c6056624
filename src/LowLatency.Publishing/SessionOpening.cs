using LowLatency.Core.Clocks;

namespace LowLatency.Publishing;

/// <summary>Opens a session on another thread, since that waits for the driver, and again a second later when it failed. One agent's own.</summary>
/// <typeparam name="T">The session.</typeparam>
/// <param name="open">Opens one.</param>
/// <param name="clock">The time.</param>
internal sealed class SessionOpening<T>(Func<T> open, IClock clock)
    where T : class, IDisposable
{
    private const long RetryNs = 1_000_000_000;

    private Task<T>? _opening;
    private long _retryAtNs = clock.MonotonicNs();

    /// <summary>Goes on with it.</summary>
    /// <param name="session">The session, once it is open; it is the caller's then.</param>
    /// <param name="failure">Why it could not be opened this time; null while it is under way.</param>
    /// <returns>Whether something has happened.</returns>
    public bool Advance(out T? session, out Exception? failure)
    {
        (session, failure) = (null, null);
        if (_opening is null)
        {
            if (clock.MonotonicNs() - _retryAtNs < 0) return false;
            _opening = Task.Run(open);
            return true;
        }

        if (!_opening.IsCompleted) return false;
        Task<T> opened = _opening;
        _opening = null;
        _retryAtNs = clock.MonotonicNs() + RetryNs;
        if (opened.IsCompletedSuccessfully) session = opened.Result;
        else failure = opened.Exception?.GetBaseException() ?? new OperationCanceledException();
        return true;
    }

    /// <summary>The session has gone: the next one is opened at once.</summary>
    public void Again() => _retryAtNs = clock.MonotonicNs();

    /// <summary>Gives it up: a session that is still being opened is closed when it is open.</summary>
    public void Cancel() =>
        _opening?.ContinueWith(opened => opened.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
}
