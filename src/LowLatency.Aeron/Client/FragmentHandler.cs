namespace LowLatency.Aeron.Client;

/// <summary>Handles one fragment of a poll.</summary>
/// <param name="payload">Its bytes in the log, until the method returns.</param>
/// <param name="header">What its frame says of itself.</param>
public delegate void FragmentHandler(ReadOnlySpan<byte> payload, in Header header);
