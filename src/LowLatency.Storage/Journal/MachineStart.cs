namespace LowLatency.Storage.Journal;

/// <summary>Tells one start of the machine from another: what a process wrote into mapped files before it died is there as long as the machine has not been started again.</summary>
internal static class MachineStart
{
    private const string Path = "/proc/sys/kernel/random/boot_id";

    /// <summary>This start; empty where the system does not tell, which is like no other.</summary>
    public static Guid Current { get; } = Read();

    /// <summary>Whether something was written since the machine was started.</summary>
    /// <param name="start">The start at which it was written.</param>
    public static bool IsCurrent(Guid start) => start != Guid.Empty && start == Current;

    private static Guid Read()
    {
        try
        {
            return File.Exists(Path) && Guid.TryParse(File.ReadAllText(Path), out Guid start) ? start : Guid.Empty;
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            return Guid.Empty;
        }
    }
}
