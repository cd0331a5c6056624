namespace LowLatency.Gateway.Protocol;

/// <summary>The codes of error messages and rejected streams, in the sense that HTTP gives the numbers.</summary>
internal static class ErrorCode
{
    /// <summary>The message cannot be understood.</summary>
    public const int BadRequest = 400;

    /// <summary>No such channel, symbol or subscription.</summary>
    public const int NotFound = 404;

    /// <summary>Subscribed already.</summary>
    public const int Conflict = 409;

    /// <summary>What a resume asks for is not there any more.</summary>
    public const int CannotResume = 411;

    /// <summary>The message, or what it asks for, is too large.</summary>
    public const int TooLarge = 413;

    /// <summary>Too many messages, or streams.</summary>
    public const int TooMany = 429;

    /// <summary>The client was too slow; carries the resume token.</summary>
    public const int Slow = 4008;
}
