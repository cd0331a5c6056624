namespace LowLatency.Aeron.Client;

/// <summary>
/// Makes a handler of whole messages from a delegate: <c>var handler = FragmentAssembler.For((message, in header) => …)</c>, then
/// <c>subscription.Poll(handler, 10)</c>.
/// </summary>
public static class FragmentAssembler
{
    /// <summary>A handler of fragments that gives a delegate whole messages. Made once, not at every poll.</summary>
    /// <param name="handler">The delegate.</param>
    /// <param name="initialLength">Bytes of a session's buffer at first, at least 1; it grows to the longest message.</param>
    public static FragmentHandler For(FragmentHandler handler, int initialLength = 4096)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var assembler = new FragmentAssembler<DelegateFragmentHandler>(new DelegateFragmentHandler(handler), initialLength);
        return (payload, in header) => assembler.OnFragment(payload, header);
    }

    /// <summary>A controlled handler of fragments that gives a delegate whole messages. Made once, not at every poll.</summary>
    /// <param name="handler">The delegate.</param>
    /// <param name="initialLength">Bytes of a session's buffer at first, at least 1; it grows to the longest message.</param>
    public static ControlledFragmentHandler ForControlled(ControlledFragmentHandler handler, int initialLength = 4096)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var assembler = new ControlledFragmentAssembler<DelegateControlledFragmentHandler>(new DelegateControlledFragmentHandler(handler), initialLength);
        return (payload, in header) => assembler.OnFragment(payload, header);
    }
}
