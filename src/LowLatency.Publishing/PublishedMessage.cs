using LowLatency.Market.Records;

namespace LowLatency.Publishing;

/// <summary>What a message on the published streams is: one or more whole records, back to back.</summary>
internal static class PublishedMessage
{
    /// <summary>Whether a message is such.</summary>
    /// <param name="message">Its bytes.</param>
    public static bool IsWhole(ReadOnlySpan<byte> message)
    {
        while (!message.IsEmpty)
        {
            int length = RecordLengths.Of((RecordType)message[0]);
            if (length == 0 || length > message.Length) return false;
            message = message[length..];
        }

        return true;
    }
}
