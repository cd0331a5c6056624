namespace LowLatency.Aeron;

/// <summary>Something is wrong between a client and its driver.</summary>
public class AeronException : Exception
{
    /// <summary>Makes one.</summary>
    public AeronException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    public AeronException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public AeronException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
