using LowLatency.Core.Clocks;
using LowLatency.Core.Errors;
using LowLatency.Market.Streams;
using LowLatency.Storage.Journal;

namespace LowLatency.Publishing;

/// <summary>
/// Where a subscriber stands in the engine's output journal, and how it gets from there what did not come over Aeron. One thread's own. The mark up to which it has everything is the
/// last that the engine said and behind which each stream was found empty.
/// </summary>
/// <param name="folder">The journal's folder; empty: what is missed is lost.</param>
/// <param name="source">Who asks, for the errors.</param>
/// <param name="clock">The time.</param>
/// <param name="errors">Is told when the journal cannot be read.</param>
internal sealed class MissedRecords(string folder, string source, IClock clock, IErrorHandler errors)
{
    private const long PatienceNs = 3_000_000_000;
    private const int AllEmpty = (1 << PublishedStreamIds.Outlets) - 1;

    private JournalCatchUp? _catchUp;
    private long _caughtUp;
    private long _said;
    private long _safe;
    private long _giveUpAtNs;
    private int _emptySince;
    private bool _hasGap;
    private bool _isGivenUp;

    /// <summary>Records read from the journal.</summary>
    public long CaughtUp => _caughtUp + (_catchUp?.Read ?? 0);

    /// <summary>Whether what is missing is counted, because it cannot be had; else it is waited for.</summary>
    public bool Counts => _safe == 0 || _isGivenUp;

    /// <summary>The engine has said up to where everything has been sent.</summary>
    /// <param name="mark">The mark; 0 where there is no journal.</param>
    public void OnStatus(long mark) => (_said, _emptySince) = (mark, 0);

    /// <summary>A stream has been found empty.</summary>
    /// <param name="outlet">Which.</param>
    public void OnEmpty(int outlet)
    {
        _emptySince |= 1 << outlet;
        if (_emptySince != AllEmpty || _catchUp is not null || folder.Length == 0) return;
        // None has been said yet in the first moments: the snapshot's stands. Marks never fall.
        _safe = Math.Max(_safe, _said);
        _isGivenUp = false;
    }

    /// <summary>The first snapshot has begun: what was published before its mark was never meant for us.</summary>
    /// <param name="mark">The mark; 0 where there is no journal.</param>
    public void OnFirstSnapshot(long mark)
    {
        if (folder.Length > 0) _safe = mark;
    }

    /// <summary>A record has come before which others are missing.</summary>
    public void OnGap() => _hasGap = true;

    /// <summary>Reads a piece of the journal where something is missing.</summary>
    /// <returns>How many records were read.</returns>
    public int DoWork()
    {
        if (_catchUp is null) return 0;
        int read = 0;
        try
        {
            read = _catchUp.Step();
        }
        catch (Exception thrown) when (thrown is JournalException or IOException)
        {
            GiveUp(thrown);
        }

        long now = clock.MonotonicNs();
        if (read != 0) _giveUpAtNs = now + PatienceNs;
        else if (now - _giveUpAtNs >= 0) _isGivenUp = true;
        return read;
    }

    /// <summary>Ends a turn: opens the journal where a gap has shown, closes it where there is none any more.</summary>
    /// <param name="isLive">Whether the streams were looked at in this turn.</param>
    /// <param name="mirror">Where records go.</param>
    /// <param name="definitions">Where definitions go.</param>
    public void EndTurn(bool isLive, MirrorWriter mirror, DefinitionReader definitions)
    {
        if (_hasGap) Open(mirror, definitions);
        else if (isLive && _catchUp is { IsAtEnd: true }) Close();
        _hasGap = false;
    }

    /// <summary>Closes the journal.</summary>
    public void Close()
    {
        if (_catchUp is null) return;
        _caughtUp += _catchUp.Read;
        _catchUp.Close();
        _catchUp = null;
        _isGivenUp = false;
    }

    private void Open(MirrorWriter mirror, DefinitionReader definitions)
    {
        if (_catchUp is not null) return;
        _giveUpAtNs = clock.MonotonicNs() + PatienceNs;
        try
        {
            _catchUp = new JournalCatchUp(folder, _safe, mirror, definitions);
        }
        catch (Exception thrown) when (thrown is JournalException or IOException or UnauthorizedAccessException)
        {
            GiveUp(thrown);
        }
    }

    private void GiveUp(Exception thrown)
    {
        if (!_isGivenUp) errors.OnError(source, thrown);
        _isGivenUp = true;
    }
}
