namespace LowLatency.Aeron.Tests.Interop;

/// <summary>Runs a theory with either driver.</summary>
public sealed class DriversAttribute : MatrixAttribute<DriverKind>;
