namespace LowLatency.Aeron.Client;

/// <summary>A delegate as a controlled handler.</summary>
/// <param name="handler">The delegate.</param>
internal readonly struct DelegateControlledFragmentHandler(ControlledFragmentHandler handler) : IControlledFragmentHandler
{
    public ControlledAction OnFragment(ReadOnlySpan<byte> payload, in Header header) => handler(payload, header);
}
