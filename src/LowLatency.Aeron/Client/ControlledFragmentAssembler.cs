using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Client;

/// <summary>As <see cref="FragmentAssembler{THandler}"/>, for controlled polls: a message that is aborted comes again from its last fragment on.</summary>
/// <typeparam name="THandler">The handler.</typeparam>
public struct ControlledFragmentAssembler<THandler> : IControlledFragmentHandler
    where THandler : struct, IControlledFragmentHandler
{
    private readonly MessageAssembly _assembly;

    /// <summary>The handler, with the state that it has.</summary>
    public THandler Handler;

    /// <summary>Makes one.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="initialLength">Bytes of a session's buffer at first, at least 1; it grows to the longest message.</param>
    public ControlledFragmentAssembler(THandler handler, int initialLength = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initialLength, 1);
        Handler = handler;
        _assembly = new MessageAssembly(initialLength);
    }

    /// <inheritdoc/>
    public ControlledAction OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        if ((header.Flags & DataHeaderLayout.Unfragmented) == DataHeaderLayout.Unfragmented) return Handler.OnFragment(payload, header);
        if (_assembly.Take(payload, header, out ReadOnlySpan<byte> message, out Header whole) != MessageAssembly.Outcome.Complete) return ControlledAction.Continue;
        bool isAborted = false;
        try
        {
            ControlledAction action = Handler.OnFragment(message, whole);
            isAborted = action == ControlledAction.Abort;
            return action;
        }
        finally
        {
            if (isAborted) _assembly.Undo(header.SessionId, payload.Length, header);
            else _assembly.Reset(header.SessionId);
        }
    }

    /// <summary>Gives back the buffer of a session whose image has gone.</summary>
    /// <param name="sessionId">The session.</param>
    /// <returns>Whether there was one.</returns>
    public readonly bool FreeSession(int sessionId) => _assembly.Free(sessionId);
}
