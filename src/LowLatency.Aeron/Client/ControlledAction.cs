namespace LowLatency.Aeron.Client;

/// <summary>What a controlled poll does after a fragment.</summary>
public enum ControlledAction
{
    /// <summary>Stops, and gives the same fragment again at the next poll.</summary>
    Abort = 1,

    /// <summary>Stops after this fragment.</summary>
    Break = 2,

    /// <summary>Tells the publisher now that all up to here is consumed, and goes on.</summary>
    Commit = 3,

    /// <summary>Goes on.</summary>
    Continue = 4,
}
