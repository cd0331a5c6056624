namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>The server refuses a statement: the message has what it says, and the statement.</summary>
public sealed class QuestDbSqlException : QuestDbException
{
    /// <summary>Makes one.</summary>
    public QuestDbSqlException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What the server says.</param>
    public QuestDbSqlException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What the server says.</param>
    /// <param name="innerException">What led to it.</param>
    public QuestDbSqlException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
