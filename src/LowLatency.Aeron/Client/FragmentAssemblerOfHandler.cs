using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Client;

/// <summary>
/// Stands before a handler and gives it whole messages: those of one frame as they lie in the log, those of several put together. The header of the latter is the first
/// frame's, unfragmented, with the position behind the whole.
/// </summary>
/// <typeparam name="THandler">The handler.</typeparam>
public struct FragmentAssembler<THandler> : IFragmentHandler
    where THandler : struct, IFragmentHandler
{
    private readonly MessageAssembly _assembly;

    /// <summary>The handler, with the state that it has.</summary>
    public THandler Handler;

    /// <summary>Makes one.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="initialLength">Bytes of a session's buffer at first, at least 1; it grows to the longest message.</param>
    public FragmentAssembler(THandler handler, int initialLength = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialLength, 1);
        Handler = handler;
        _assembly = new MessageAssembly(initialLength);
    }

    /// <inheritdoc/>
    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        if ((header.Flags & DataHeaderLayout.Unfragmented) == DataHeaderLayout.Unfragmented)
        {
            Handler.OnFragment(payload, header);
            return;
        }

        if (_assembly.Take(payload, header, out ReadOnlySpan<byte> message, out Header whole) != MessageAssembly.Outcome.Complete) return;
        try
        {
            Handler.OnFragment(message, whole);
        }
        finally
        {
            _assembly.Reset(header.SessionId);
        }
    }

    /// <summary>Gives back the buffer of a session whose image has gone.</summary>
    /// <param name="sessionId">The session.</param>
    /// <returns>Whether there was one.</returns>
    public readonly bool FreeSession(int sessionId) => _assembly.Free(sessionId);
}
