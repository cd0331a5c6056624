namespace LowLatency.Aeron.Driver;

/// <summary>Says whether a command to terminate the driver is to be obeyed.</summary>
/// <param name="token">The bytes that came with the command, which may be none.</param>
/// <returns>Whether the driver ends.</returns>
public delegate bool TerminationValidator(ReadOnlySpan<byte> token);
