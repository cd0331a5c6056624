namespace LowLatency.Aeron.Client;

/// <summary>A delegate as a handler.</summary>
/// <param name="handler">The delegate.</param>
internal readonly struct DelegateFragmentHandler(FragmentHandler handler) : IFragmentHandler
{
    public void OnFragment(ReadOnlySpan<byte> payload, in Header header) => handler(payload, header);
}
