using LowLatency.Gateway.Fanout;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Protocol;

/// <summary>Looks up the names of a request. On the connection's own time: the search for what was meant is slow.</summary>
/// <param name="streams">What there is.</param>
/// <param name="maxStreams">How many streams a connection may have.</param>
internal sealed class RequestResolver(PublishedStreams streams, int maxStreams)
{
    private const int MaxHints = 10;

    /// <summary>Looks up a subscribe, unsubscribe or resume.</summary>
    /// <param name="request">The request.</param>
    /// <param name="id">Its id as JSON.</param>
    /// <exception cref="RequestException">It names more streams than a connection can have twice over.</exception>
    public StreamRequest Resolve(ClientRequest request, byte[]? id)
    {
        bool resume = request.Action == RequestAction.Resume;
        var resolved = new StreamRequest
        {
            Id = id,
            Choice = request.Choice,
            Snapshot = resume ? new SnapshotWindow(SnapshotKind.LastState, 0) : request.Snapshot,
            Restarts = resume,
        };
        long pairs = resume ? request.Last.Count : (long)request.Channels.Count * request.Symbols.Count;
        if (pairs > 2L * maxStreams)
            throw new RequestException(ErrorCode.TooLarge, $"{pairs} streams in one request; a connection has at most {maxStreams}");
        if (resume)
        {
            foreach (string stream in request.Last) AddNamed(resolved, stream);
        }
        else
        {
            foreach (string channel in request.Channels)
            {
                foreach (string symbol in request.Symbols) Add(resolved, channel, symbol);
            }
        }

        return resolved;
    }

    private void AddNamed(StreamRequest resolved, string stream)
    {
        int colon = stream.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) resolved.Rejections.Add(new Rejection(NameText.Short(stream), "", ErrorCode.BadRequest, "a stream is named channel:symbol, such as trades:AAPL"));
        else Add(resolved, stream[..colon], stream[(colon + 1)..]);
    }

    private void Add(StreamRequest resolved, string channelName, string symbol)
    {
        if (!streams.Channels.TryGet(channelName, out Channel? channel))
        {
            Reject(resolved, channelName, symbol, "channel", channelName, () => streams.Channels.Channels.Select(c => c.Name));
        }
        else if (symbol == "*")
        {
            resolved.Wildcards.Add(channel!);
        }
        else if (!streams.Instruments.TryGet(symbol, out int instrument))
        {
            Reject(resolved, channelName, symbol, "symbol", symbol, () => Enumerable.Range(0, streams.Instruments.Count).Select(i => streams.Instruments.Symbol((uint)i)));
        }
        else
        {
            resolved.Streams.Add((channel!, (uint)instrument));
        }
    }

    private static void Reject(StreamRequest resolved, string channel, string symbol, string what, string name, Func<IEnumerable<string>> known)
    {
        name = NameText.Short(name);
        string? nearest = resolved.Rejections.Count < MaxHints ? NearestName.Find(name, known()) : null;
        string hint = nearest is null ? "GET /v1/instruments lists what there is" : $"did you mean {nearest}?";
        resolved.Rejections.Add(new Rejection(NameText.Short(channel), NameText.Short(symbol), ErrorCode.NotFound, $"unknown {what} {name}; {hint}"));
    }
}
