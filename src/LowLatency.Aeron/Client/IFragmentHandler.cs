namespace LowLatency.Aeron.Client;

/// <summary>Is given the fragments of a poll. A struct, so that the poll is compiled for it and calls nothing.</summary>
public interface IFragmentHandler
{
    /// <summary>Handles one fragment.</summary>
    /// <param name="payload">Its bytes in the log, until the method returns.</param>
    /// <param name="header">What its frame says of itself.</param>
    void OnFragment(ReadOnlySpan<byte> payload, in Header header);
}
