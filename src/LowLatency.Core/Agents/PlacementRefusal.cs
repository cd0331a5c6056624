namespace LowLatency.Core.Agents;

/// <summary>Something about a thread's placement that the system refused; the thread runs on without it.</summary>
/// <param name="Thread">The thread's name; the process's memory when it was about that.</param>
/// <param name="Call">What was asked for.</param>
/// <param name="Error">The name of the system's error number, such as EPERM; or what the system did instead.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record PlacementRefusal(string Thread, string Call, string Error, string Advice)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Thread}: {Call} was refused ({Error}); {Advice}";
}
