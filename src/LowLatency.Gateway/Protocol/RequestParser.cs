using System.Globalization;
using System.Text.Json;
using LowLatency.Gateway.Fanout;
using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Protocol;

/// <summary>Reads clients' messages, strictly: a field that is not known is an error, as it is most likely a misspelling.</summary>
internal static class RequestParser
{
    private const int MaxIdChars = 64;
    private const int MaxIntervalMs = 3_600_000;
    private const long MaxWindowNs = 30L * 86_400 * 1_000_000_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8 };

    private static readonly Dictionary<RequestAction, string[]> Fields = new()
    {
        [RequestAction.Subscribe] = ["channels", "symbols", "snapshot", "mode", "ms"],
        [RequestAction.Unsubscribe] = ["channels", "symbols"],
        [RequestAction.Auth] = ["token"],
        [RequestAction.Resume] = ["sid", "ep", "last"],
        [RequestAction.Ping] = [],
    };

    /// <summary>Reads a message.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="id">The message's id as JSON, as soon as it has been found; stays null when there is none.</param>
    /// <exception cref="RequestException">It is not a message that the gateway understands.</exception>
    public static ClientRequest Parse(ReadOnlyMemory<byte> text, ref byte[]? id)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, Options);
            return Read(document.RootElement, ref id);
        }
        catch (JsonException mistake)
        {
            throw Bad($"not JSON: line {mistake.LineNumber + 1}, byte {mistake.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            // What the reader says to a string that is no Unicode, such as half of a surrogate pair.
            throw Bad("a string is not valid Unicode");
        }
    }

    private static ClientRequest Read(JsonElement root, ref byte[]? id)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Bad("a message is one JSON object, such as {\"action\":\"subscribe\",\"channels\":[\"trades\"],\"symbols\":[\"AAPL\"]}");
        if (root.TryGetProperty("id"u8, out JsonElement idElement)) id = ReadId(idElement);
        if (!root.TryGetProperty("action"u8, out JsonElement action)) throw Bad("the field action is missing");
        var request = new ClientRequest { Action = ReadAction(Text(action, "action")) };
        string? mode = null;
        long? ms = null;
        foreach (JsonProperty field in root.EnumerateObject())
        {
            string name = field.Name;
            if (name is "id" or "action") continue;
            if (!Fields[request.Action].Contains(name)) throw Bad($"{Short(name)} is not a field of {Name(request.Action)}; its fields are {string.Join(", ", (string[])["action", "id", .. Fields[request.Action]])}");
            switch (name)
            {
                case "channels":
                    request.Channels = Texts(field.Value, name);
                    break;
                case "symbols":
                    request.Symbols = Texts(field.Value, name);
                    break;
                case "snapshot":
                    request.Snapshot = ReadSnapshot(field.Value);
                    break;
                case "mode":
                    mode = Text(field.Value, name);
                    break;
                case "ms":
                    ms = Integer(field.Value, name, 1, MaxIntervalMs);
                    break;
                case "last":
                    request.Last = ReadLast(field.Value);
                    break;
                case "ep":
                    Integer(field.Value, name, 0, uint.MaxValue);
                    break;
                default:
                    Text(field.Value, name);
                    break;
            }
        }

        request.Choice = ReadChoice(mode, ms);
        Require(request);
        return request;
    }

    private static void Require(ClientRequest request)
    {
        if (request.Action is RequestAction.Subscribe or RequestAction.Unsubscribe)
        {
            if (request.Channels.Count == 0) throw Bad("channels is missing or empty; name at least one, such as \"trades\"");
            if (request.Symbols.Count == 0) throw Bad("symbols is missing or empty; name at least one, or \"*\" for all");
        }
        else if (request.Action == RequestAction.Resume && request.Last.Count == 0)
        {
            throw Bad("last is missing or empty; it is an object such as {\"trades:AAPL\":18232}");
        }
    }

    private static byte[] ReadId(JsonElement id)
    {
        if (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out long number)) return System.Text.Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));
        if (id.ValueKind == JsonValueKind.String && id.GetString() is { Length: <= MaxIdChars } text) return JsonStrings.Quote(text);
        throw Bad($"id is an integer or a string of at most {MaxIdChars} characters");
    }

    private static RequestAction ReadAction(string name)
    {
        foreach (RequestAction action in Enum.GetValues<RequestAction>())
        {
            if (Name(action) == name) return action;
        }

        throw Bad($"there is no action {Short(name)}; there are {string.Join(", ", Enum.GetValues<RequestAction>().Select(Name))}");
    }

    private static StreamChoice ReadChoice(string? mode, long? ms)
    {
        DeliveryMode chosen = mode switch
        {
            null => DeliveryMode.Default,
            "lossless" => DeliveryMode.Lossless,
            "latest" => DeliveryMode.Latest,
            "interval" => DeliveryMode.Interval,
            _ => throw Bad($"there is no mode {Short(mode)}; there are lossless, latest, interval"),
        };
        if (chosen == DeliveryMode.Interval && ms is null) throw Bad("the mode interval needs ms, the least time between two messages in milliseconds");
        if (chosen != DeliveryMode.Interval && ms is not null) throw Bad("ms belongs to the mode interval");
        return new StreamChoice(chosen, (ms ?? 0) * 1_000_000);
    }

    private static SnapshotWindow ReadSnapshot(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.True) return new SnapshotWindow(SnapshotKind.LastState, 0);
        if (value.ValueKind == JsonValueKind.False) return default;
        if (value.ValueKind != JsonValueKind.String) throw Bad("snapshot is true, false, or a time such as \"10m\"");
        string text = value.GetString()!;
        if (text.Length == 0) return new SnapshotWindow(SnapshotKind.LastState, 0);
        long unitNs = text[^1] switch
        {
            's' => 1_000_000_000L,
            'm' => 60_000_000_000L,
            'h' => 3_600_000_000_000L,
            'd' => 86_400_000_000_000L,
            _ => 0,
        };
        bool read = int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        if (unitNs == 0 || !read || number == 0 || number > MaxWindowNs / unitNs)
            throw Bad($"the snapshot {Short(text)} is not a time; it is a whole number and s, m, h or d, at most 30d, such as \"10m\"");
        return new SnapshotWindow(SnapshotKind.Window, number * unitNs);
    }

    private static List<string> ReadLast(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) throw Bad("last is an object such as {\"trades:AAPL\":18232}");
        var streams = new List<string>();
        foreach (JsonProperty stream in value.EnumerateObject())
        {
            Integer(stream.Value, "last", 0, long.MaxValue);
            streams.Add(stream.Name);
        }

        return streams;
    }

    private static List<string> Texts(JsonElement value, string field)
    {
        if (value.ValueKind == JsonValueKind.String) return [value.GetString()!];
        if (value.ValueKind != JsonValueKind.Array) throw Bad($"{field} is a list of strings");
        var texts = new List<string>(value.GetArrayLength());
        var seen = new HashSet<string>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            string text = Text(item, field);
            if (seen.Add(text)) texts.Add(text);
        }

        return texts;
    }

    private static string Text(JsonElement value, string field) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Bad($"{field} has to be a string where there is {Kind(value)}");

    private static long Integer(JsonElement value, string field, long min, long max) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) && number >= min && number <= max
            ? number
            : throw Bad($"{field} has to be an integer from {min} to {max}");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a truth value",
    };

    private static string Name(RequestAction action) => action switch
    {
        RequestAction.Subscribe => "subscribe",
        RequestAction.Unsubscribe => "unsubscribe",
        RequestAction.Auth => "auth",
        RequestAction.Resume => "resume",
        _ => "ping",
    };

    private static string Short(string text) => NameText.Short(text);

    private static RequestException Bad(string message) => new(ErrorCode.BadRequest, message);
}
