namespace LowLatency.Storage.QuestDb;

/// <summary>A server that cannot be used as it is: what it was asked, what it said, what to do. Passing troubles are no exception: the writer waits and tries again.</summary>
public class QuestDbException : Exception
{
    /// <summary>Makes one.</summary>
    public QuestDbException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    public QuestDbException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What led to it.</param>
    public QuestDbException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
