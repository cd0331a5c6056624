using System.Globalization;
using System.Text;

namespace LowLatency.Aeron.Channels;

/// <summary>
/// A channel: <c>[prefix:]aeron:media[?key=value|key=value…]</c>, for one <c>aeron:ipc?term-length=64k|alias=ticks</c>. Keys keep their order; of one that
/// is there twice the last value counts.
/// </summary>
public sealed class ChannelUri
{
    /// <summary>Most characters of a channel.</summary>
    public const int MaxLength = 4095;

    /// <summary>The medium of one machine's memory.</summary>
    public const string IpcMedia = "ipc";

    /// <summary>The medium of the network.</summary>
    public const string UdpMedia = "udp";

    /// <summary>The prefix of a subscription to what a driver sends itself.</summary>
    public const string SpyPrefix = "aeron-spy";

    private const string Scheme = "aeron:";

    private readonly List<KeyValuePair<string, string>> _parameters;

    private ChannelUri(string prefix, string media, List<KeyValuePair<string, string>> parameters)
    {
        Prefix = prefix;
        Media = media;
        _parameters = parameters;
    }

    /// <summary>Empty, or <see cref="SpyPrefix"/>.</summary>
    public string Prefix { get; }

    /// <summary><see cref="IpcMedia"/> or <see cref="UdpMedia"/>.</summary>
    public string Media { get; }

    /// <summary>Whether it is of one machine's memory.</summary>
    public bool IsIpc => Media == IpcMedia && Prefix.Length == 0;

    /// <summary>The parameters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    /// <summary>The value of a key; null where it is not given.</summary>
    /// <param name="key">The key.</param>
    public string? this[string key]
    {
        get
        {
            for (int i = _parameters.Count - 1; i >= 0; i--)
            {
                if (_parameters[i].Key == key) return _parameters[i].Value;
            }

            return null;
        }
    }

    /// <summary>Reads a channel.</summary>
    /// <param name="text">Its text.</param>
    /// <exception cref="FormatException">It is no channel; the message says where and why.</exception>
    public static ChannelUri Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength) throw new FormatException($"A channel has at most {MaxLength} characters, not {text.Length}.");
        string prefix = "";
        string rest = text;
        if (rest.StartsWith($"{SpyPrefix}:", StringComparison.Ordinal))
        {
            prefix = SpyPrefix;
            rest = rest[(SpyPrefix.Length + 1)..];
        }

        if (!rest.StartsWith(Scheme, StringComparison.Ordinal))
            throw new FormatException($"The channel '{text}' does not begin with '{Scheme}': a channel is like 'aeron:ipc' or 'aeron:udp?endpoint=localhost:20121'.");
        rest = rest[Scheme.Length..];
        int query = rest.IndexOf('?', StringComparison.Ordinal);
        string media = query < 0 ? rest : rest[..query];
        if (media is not (IpcMedia or UdpMedia)) throw new FormatException($"The channel '{text}' has the media '{media}': allowed are '{IpcMedia}' and '{UdpMedia}'.");
        return new ChannelUri(prefix, media, query < 0 ? [] : ParseParameters(text, rest[(query + 1)..]));
    }

    /// <summary>The channel with another value of a key, or without it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; null takes the key out.</param>
    /// <exception cref="ArgumentException">Key or value is empty, or has a character that a channel gives another meaning.</exception>
    public ChannelUri With(string key, string? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (key.AsSpan().IndexOfAny('|', '=') >= 0) throw new ArgumentException($"A key has neither '|' nor '=': '{key}'.", nameof(key));
        if (value is not null && (value.Length == 0 || value.Contains('|', StringComparison.Ordinal)))
            throw new ArgumentException($"The value of '{key}' is not empty and has no '|': '{value}'.", nameof(value));
        List<KeyValuePair<string, string>> parameters = [.. _parameters.Where(p => p.Key != key)];
        if (value is not null) parameters.Add(new(key, value));
        return new ChannelUri(Prefix, Media, parameters);
    }

    /// <summary>The channel as text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Prefix.Length == 0 ? "" : $"{Prefix}:").Append(Scheme).Append(Media);
        for (int i = 0; i < _parameters.Count; i++) text.Append(i == 0 ? '?' : '|').Append(_parameters[i].Key).Append('=').Append(_parameters[i].Value);
        return text.ToString();
    }

    /// <summary>A size in bytes, with or without the suffix k, m or g (of 1024, its square and its cube).</summary>
    internal long? Size(string key) =>
        Number(key, "a size such as 65536, 64k or 16m", [("k", 1L << 10), ("m", 1L << 20), ("g", 1L << 30)], leastValue: 0);

    /// <summary>A time in nanoseconds: ns, us, ms or s behind the number, ns where nothing is.</summary>
    internal long? DurationNs(string key) =>
        Number(key, "a time such as 500ms or 5s", [("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)], leastValue: 0);

    internal int? Int32(string key)
    {
        if (this[key] is not { } text) return null;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Invalid(key, text, "a whole number of 32 bits");
    }

    internal bool? Boolean(string key) => this[key] switch
    {
        null => null,
        "true" => true,
        "false" => false,
        { } text => throw Invalid(key, text, "true or false"),
    };

    private static List<KeyValuePair<string, string>> ParseParameters(string text, string query)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (string part in query.Split('|'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new FormatException($"The channel '{text}' has '{part}' where key=value is expected.");
            if (equals == 0) throw new FormatException($"The channel '{text}' has an empty key before '{part}'.");
            if (equals == part.Length - 1) throw new FormatException($"The channel '{text}' has an empty value of '{part[..equals]}'.");
            parameters.Add(new(part[..equals], part[(equals + 1)..]));
        }

        return parameters;
    }

    private static FormatException Invalid(string key, string text, string expected) => new($"The channel's {key}={text} is not {expected}.");

    private long? Number(string key, string expected, (string Suffix, long Factor)[] units, long leastValue)
    {
        if (this[key] is not { } text) return null;
        ReadOnlySpan<char> digits = text;
        long factor = 1;
        foreach ((string suffix, long unit) in units)
        {
            if (!text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) continue;
            digits = text.AsSpan(0, text.Length - suffix.Length);
            factor = unit;
            break;
        }

        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || number < leastValue || number > long.MaxValue / factor)
            throw Invalid(key, text, expected);
        return number * factor;
    }
}
