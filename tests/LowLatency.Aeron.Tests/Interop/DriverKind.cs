namespace LowLatency.Aeron.Tests.Interop;

/// <summary>Whose driver it is.</summary>
public enum DriverKind
{
    /// <summary>The one of this project.</summary>
    Embedded,

    /// <summary>The official one.</summary>
    Official,
}
