namespace LowLatency.Storage.Journal;

/// <summary>A journal cannot be opened, read or written; the message says what is wrong, in which file, and what to do.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Makes one.</summary>
    public JournalException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What caused it.</param>
    public JournalException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
