namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>The server does not answer, or answers that it cannot now: the same request can succeed later.</summary>
public sealed class QuestDbUnavailableException : QuestDbException
{
    /// <summary>Makes one.</summary>
    public QuestDbUnavailableException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What happened.</param>
    public QuestDbUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What led to it.</param>
    public QuestDbUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
