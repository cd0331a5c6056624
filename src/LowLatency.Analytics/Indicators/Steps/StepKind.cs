namespace LowLatency.Analytics.Indicators.Steps;

/// <summary>From which state an indicator takes a bar.</summary>
internal enum StepKind
{
    /// <summary>From where its lane stands.</summary>
    Next,

    /// <summary>From there too; that state is saved before, so that the bar can be taken again.</summary>
    Save,

    /// <summary>From the saved state: the bar is taken again.</summary>
    Restore,

    /// <summary>From where its lane stands, which stays as it is: the bar is still open.</summary>
    Provisional,

    /// <summary>From what the provisional step before left: of several open bars of a lane, one behind the other.</summary>
    ProvisionalAfter,
}
