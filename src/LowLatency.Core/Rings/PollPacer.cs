using System.Runtime.CompilerServices;

namespace LowLatency.Core.Rings;

/// <summary>
/// Makes a consumer that keeps up look less often while events come faster than it can look. Each look takes the producer's cache line away; a
/// consumer that looks after every event makes the two cores trade that line event by event, which costs both of them most of their time.
/// </summary>
/// <remarks>
/// The pause begins after <see cref="Patience"/> looks in a row that each found more than a few events, doubles up to the limit while looks do not bring
/// enough to be worth their cost, is halved when a look brings so few that the producer was not kept from its work, and ends with the second look in a row
/// that finds nothing. So a short burst is not delayed, nor is anything at rates of less than a quarter of an event a pause (a pause takes 10 to 40 ns),
/// and the most that is ever waited is the limit.
/// </remarks>
/// <param name="limit">The most pauses.</param>
/// <param name="fullLook">How many events make a look worth its cost.</param>
internal struct PollPacer(int limit, int fullLook)
{
    /// <summary>A look that brings this many events is worth its cost on any ring.</summary>
    public const int MostFullLook = 512;

    /// <summary>Looks in a row with few events before the first pause.</summary>
    public const int Patience = 16;

    /// <summary>Looks that bring no more than this, and a quarter of an event a pause, are of a rate at which pausing gains nothing.</summary>
    public const int Few = 1;

    private readonly int _limit = limit;
    private readonly int _fullLook = fullLook;
    private int _pauses;
    private int _busyLooks;
    private bool _wasEmpty;

    /// <summary>Pauses before the next look.</summary>
    public readonly int Pauses => _pauses;

    /// <summary>Waits, if the last looks say so. Call before a look.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Wait()
    {
        for (int i = 0; i < _pauses; i++) Processor.Pause();
    }

    /// <summary>Takes notice of a look.</summary>
    /// <param name="found">How many events it found; less than 1 when it found none.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Looked(long found)
    {
        if (found <= 0)
        {
            if (_wasEmpty) _pauses = _busyLooks = 0;
            _wasEmpty = true;
            return;
        }

        _wasEmpty = false;
        if (found >= _fullLook)
        {
            // Twice as much is half of a small ring: soon the producer would have to wait for us.
            _pauses = found >= 2L * _fullLook ? _pauses >> 1 : _pauses - (_pauses >> 3);
        }
        else if (found <= Few + (_pauses >> 2))
        {
            _pauses >>= 1;
            _busyLooks = 0;
        }
        else if (_busyLooks < Patience)
        {
            _busyLooks++;
        }
        else
        {
            _pauses = Math.Min((_pauses * 2) + 1, _limit);
        }
    }
}
