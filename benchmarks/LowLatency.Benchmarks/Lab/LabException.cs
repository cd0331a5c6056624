namespace LowLatency.Benchmarks.Lab;

/// <summary>An experiment could not be done, or moved something wrong; the message says what.</summary>
public sealed class LabException : Exception
{
    /// <summary>Makes one without a message.</summary>
    public LabException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What, where and what to do.</param>
    public LabException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that another caused.</summary>
    /// <param name="message">What, where and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LabException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
