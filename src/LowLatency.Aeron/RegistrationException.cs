using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron;

/// <summary>The driver has refused to add or remove something.</summary>
public sealed class RegistrationException : AeronException
{
    /// <summary>Makes one.</summary>
    public RegistrationException()
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    public RegistrationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public RegistrationException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal RegistrationException(AeronErrorCode code, string message)
        : base($"{message} (error {(int)code}, {code})") => Code = code;

    /// <summary>The driver's code.</summary>
    public AeronErrorCode Code { get; } = AeronErrorCode.Unknown;
}
