using LowLatency.Core.Memory;

namespace LowLatency.Core.Histograms;

/// <summary>
/// Lets a reader know that no writer is still at work on what it has just taken away from them, at the cost of two atomic increments a write. Writers
/// never wait, whatever readers and other writers do; only the reader does, for writers that were under way.
/// </summary>
/// <remarks>
/// <para>Time is cut into phases, even and odd by turns. A writer enters by incrementing one word, which holds the parity of the current phase in its
/// sign and in the rest how many writers entered in it; so one atomic step both counts the writer and tells it its phase. It leaves by incrementing the
/// word of those that left in a phase of that parity. A phase is over for good when as many left it as had entered.</para>
/// <para>A reader (one at a time) first puts new work in the place where writers find it, then exchanges the word of entries for the start of the
/// other parity, which closes the old phase with its final number of entries, and waits until that many have left. Whoever enters afterwards finds the
/// new work. Whoever entered before found the old or the new, but has left: the old work is the reader's alone.</para>
/// <para>The next phase counts from 0 again, safely: its parity was last used two phases ago, and the flip in between waited for all of that.</para>
/// </remarks>
internal sealed class WriterReaderPhaser
{
    private const long OddPhase = long.MinValue;

    // Three words on lines of their own: entering and leaving writers, and the reader that looks, disturb each other as little as they can.
    private PaddedLong _entered;
    private PaddedLong _leftEven;
    private PaddedLong _leftOdd;

    /// <summary>Begins a write. What the writer is to work on must be read after this, and <see cref="Leave"/> must follow.</summary>
    /// <returns>The ticket to leave with.</returns>
    public long Enter() =>
        // Full fence: the place of the work is not read before the entry is counted. A reader that closes the phase later waits for this writer; one
        // that closed it earlier had put the new work there before, and this writer, which read the exchanged word, sees it.
        Interlocked.Increment(ref _entered.Value);

    /// <summary>Ends a write.</summary>
    /// <param name="ticket">What <see cref="Enter"/> returned.</param>
    public void Leave(long ticket)
    {
        // Full fence: all that was written comes before the departure is counted, so that the reader which sees the count sees the writes.
        if (ticket < 0) Interlocked.Increment(ref _leftOdd.Value);
        else Interlocked.Increment(ref _leftEven.Value);
    }

    /// <summary>
    /// Closes the phase and waits until every writer of it has left. The caller has put new work in place before and lets no other reader in.
    /// </summary>
    public void Flip()
    {
        // Only readers change the sign, so that no barrier is needed to learn it.
        bool isOdd = Volatile.Read(ref _entered.Value) < 0;
        ref long left = ref isOdd ? ref _leftOdd.Value : ref _leftEven.Value;
        ref long nextLeft = ref isOdd ? ref _leftEven.Value : ref _leftOdd.Value;
        // Nobody is in a phase of the next parity, so nobody else writes this word. The exchange below orders the store before the first that could.
        nextLeft = 0;
        // Full fence: the new work, put in place before, is seen by whoever enters after this.
        long entered = Interlocked.Exchange(ref _entered.Value, isOdd ? 0 : OddPhase) & long.MaxValue;
        var spin = new SpinWait();
        // Acquire: with the last departure come all the writes before it.
        while (Volatile.Read(ref left) != entered) spin.SpinOnce();
    }
}
