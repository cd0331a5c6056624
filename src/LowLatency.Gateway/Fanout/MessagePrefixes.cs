using System.Text;
using LowLatency.Gateway.Json;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Fanout;

/// <summary>The parts of messages that are the same for all of a stream, made once, escaped already.</summary>
internal static class MessagePrefixes
{
    /// <summary>Channel and symbol as JSON fields.</summary>
    public static byte[] Names(Channel channel, string symbol) => Encoding.UTF8.GetBytes($"\"ch\":{Quote(channel.Name)},\"S\":{Quote(symbol)}");

    /// <summary>An update message up to the value of its q.</summary>
    public static byte[] Update(Channel channel, string symbol, bool revised)
    {
        string type = channel.Kind switch
        {
            ChannelKind.Trades => "t",
            ChannelKind.Quotes => "q",
            ChannelKind.Bars => revised ? "u" : "b",
            ChannelKind.BestQuotes => "bbo",
            ChannelKind.Gaps => "gap",
            ChannelKind.Imbalances => "imb",
            ChannelKind.Intensity => "int",
            ChannelKind.Spikes => "spike",
            ChannelKind.Reversals => "rev",
            ChannelKind.Alerts => "alert",
            _ => "i",
        };
        string interval = channel.Bar is null ? "" : $",\"i\":{Quote(channel.Bar.Name)}";
        string name = channel.Indicator is null ? "" : $",\"n\":{Quote(channel.Indicator.Name)}";
        return Encoding.UTF8.GetBytes($"{{\"T\":\"{type}\",\"S\":{Quote(symbol)}{interval}{name},\"q\":");
    }

    private static string Quote(string text) => Encoding.UTF8.GetString(JsonStrings.Quote(text));
}
