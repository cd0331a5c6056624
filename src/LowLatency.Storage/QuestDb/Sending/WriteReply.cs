using System.Text.Json;

namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>What came back for a request with rows.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">What the server says, or what happened to the request.</param>
/// <param name="Line">The bad row, from 1; 0 when the server does not tell.</param>
/// <param name="MaybeAnotherServer">Whether what answers next may be another server, or the same with other tables.</param>
/// <param name="IsBroken">Whether there was no answer at all.</param>
internal sealed record WriteReply(WriteOutcome Outcome, string Message, int Line, bool MaybeAnotherServer, bool IsBroken = false)
{
    private const int LongestMessage = 2000;

    public static WriteReply Accepted { get; } = new(WriteOutcome.Accepted, "", 0, false);

    /// <summary>A failure of the connection.</summary>
    public static WriteReply Broken(string message) => new(WriteOutcome.Retry, message, 0, MaybeAnotherServer: true, IsBroken: true);

    /// <summary>Judges an answer.</summary>
    /// <param name="status">The status code.</param>
    /// <param name="body">The answer's text.</param>
    public static WriteReply Of(int status, string body)
    {
        (string said, int line) = Read(body);
        string message = $"HTTP {status}: {said}";
        return status switch
        {
            >= 200 and < 300 => Accepted,
            400 => new WriteReply(WriteOutcome.Rejected, message, line, false),
            413 => new WriteReply(WriteOutcome.TooLong, message, 0, false),
            401 or 403 => new WriteReply(WriteOutcome.Retry, $"{message} (see questdb.username, .password, .token)", 0, false),
            >= 300 and < 400 => new WriteReply(WriteOutcome.Retry, $"{message} (redirects are not followed; see questdb.url)", 0, false),
            404 or 421 => new WriteReply(WriteOutcome.Retry, message, 0, true),
            // 500, 503, 504, 507, 509, 523, 524, 529, 599, and whatever else is not the rows' fault: waiting loses nothing.
            _ => new WriteReply(WriteOutcome.Retry, message, 0, status is 503 or 504),
        };
    }

    // {"code":"invalid","message":"…","line":3,"errorId":"…"}; proxies and older servers answer with anything.
    private static (string Said, int Line) Read(string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String)
            {
                int line = json.RootElement.TryGetProperty("line", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) ? value : 0;
                return (Shortened(message.GetString()!), line);
            }
        }
        catch (JsonException)
        {
            // Then it is text.
        }

        return (Shortened(body), 0);
    }

    private static string Shortened(string text) => text.Length <= LongestMessage ? text.Trim() : string.Concat(text.AsSpan(0, LongestMessage), "…");
}
