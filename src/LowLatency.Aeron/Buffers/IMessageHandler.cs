namespace LowLatency.Aeron.Buffers;

/// <summary>Is given messages of a ring or broadcast buffer.</summary>
internal interface IMessageHandler
{
    /// <summary>Handles one message.</summary>
    /// <param name="typeId">What it is.</param>
    /// <param name="body">Its bytes, until the method returns.</param>
    void OnMessage(int typeId, ReadOnlySpan<byte> body);
}
