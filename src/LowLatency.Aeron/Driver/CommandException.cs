using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Driver;

/// <summary>A command that the driver answers with an error.</summary>
internal sealed class CommandException(AeronErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public AeronErrorCode Code => code;
}
