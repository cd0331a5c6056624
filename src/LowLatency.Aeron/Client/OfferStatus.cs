namespace LowLatency.Aeron.Client;

/// <summary>What became of a message that was offered: Aeron's codes.</summary>
public enum OfferStatus
{
    /// <summary>It is in the log.</summary>
    Accepted = 1,

    /// <summary>There is no subscriber.</summary>
    NotConnected = -1,

    /// <summary>The slowest subscriber is a window behind: try again.</summary>
    BackPressured = -2,

    /// <summary>A term was left for the next: try again at once.</summary>
    AdminAction = -3,

    /// <summary>The publication is closed.</summary>
    Closed = -4,

    /// <summary>The stream has come to its last possible position: it takes a new publication.</summary>
    MaxPositionExceeded = -5,
}
