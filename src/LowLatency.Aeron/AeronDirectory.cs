namespace LowLatency.Aeron;

/// <summary>Where a driver and its clients meet.</summary>
public static class AeronDirectory
{
    /// <summary>Names the folder, as it does for the official C programs.</summary>
    public const string EnvironmentName = "AERON_DIR";

    /// <summary>
    /// The folder when nothing is said: what <see cref="EnvironmentName"/> names, else <c>/dev/shm/aeron-USER</c>, or <c>aeron-USER</c> in the folder
    /// of temporary files where there is no /dev/shm.
    /// </summary>
    public static string Default
    {
        get
        {
            if (Environment.GetEnvironmentVariable(EnvironmentName) is { Length: > 0 } named) return named;
            string user = Environment.GetEnvironmentVariable("USER") is { Length: > 0 } name ? name : Environment.UserName;
            string folder = $"aeron-{(user.Length > 0 ? user : "default")}";
            return Directory.Exists("/dev/shm") ? $"/dev/shm/{folder}" : Path.Combine(Path.GetTempPath(), folder);
        }
    }
}
