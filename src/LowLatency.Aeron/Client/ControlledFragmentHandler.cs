namespace LowLatency.Aeron.Client;

/// <summary>Handles one fragment of a controlled poll, and says how it goes on.</summary>
/// <param name="payload">Its bytes in the log, until the method returns.</param>
/// <param name="header">What its frame says of itself.</param>
public delegate ControlledAction ControlledFragmentHandler(ReadOnlySpan<byte> payload, in Header header);
