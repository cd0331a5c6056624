namespace LowLatency.Core.Native;

/// <summary>Whether the native library is used.</summary>
public enum NativeMode
{
    /// <summary>Used where it is there.</summary>
    Auto,

    /// <summary>Used; it is an error when it is not there.</summary>
    On,

    /// <summary>Not used: the managed twins do its work.</summary>
    Off,
}
