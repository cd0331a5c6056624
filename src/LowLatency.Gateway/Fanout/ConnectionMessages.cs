using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Fanout;

/// <summary>The short messages that differ from client to client and come often: encoded without allocating. Each is valid until the next of its kind.</summary>
/// <param name="epoch">The epoch of the streams.</param>
internal sealed class ConnectionMessages(uint epoch)
{
    private readonly byte[] _bytes = new byte[512];

    // Its own room: it can come between a skip's encoding and the skip's way into a batch.
    private readonly byte[] _slow = new byte[128];

    /// <summary>The epoch of the streams.</summary>
    public uint Epoch { get; } = epoch;

    /// <summary>What was left out of a stream for one client.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="from">The first q.</param>
    /// <param name="to">The last q.</param>
    public ReadOnlySpan<byte> Skip(StreamState stream, ulong from, ulong to)
    {
        var json = new JsonText(_bytes);
        json.Raw("{\"T\":\"skip\","u8);
        json.Raw(stream.Names);
        json.Raw(",\"from\":"u8);
        json.Integer(from);
        json.Raw(",\"to\":"u8);
        json.Integer(to);
        return End(ref json);
    }

    /// <summary>That the connection lives, and how many messages it has carried.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="nowNs">The time, nanoseconds since 1970.</param>
    public ReadOnlySpan<byte> Heartbeat(FanoutClient client, long nowNs)
    {
        var json = new JsonText(_bytes);
        json.Raw("{\"T\":\"hb\",\"n\":"u8);
        json.Integer(client.Messages);
        json.Raw(",\"ts\":"u8);
        json.Time(nowNs, client.Unit);
        return End(ref json);
    }

    /// <summary>That the client should read faster.</summary>
    /// <param name="client">Who.</param>
    public ReadOnlySpan<byte> Slow(FanoutClient client)
    {
        var json = new JsonText(_slow);
        json.Raw("{\"T\":\"slow\",\"buf\":"u8);
        json.Integer(client.WaitingBytes);
        json.Raw(",\"conflated\":"u8);
        json.Integer(client.Conflated);
        json.Raw(",\"dropped\":0}"u8);
        return _slow.AsSpan(0, json.Length);
    }

    private ReadOnlySpan<byte> End(scoped ref JsonText json)
    {
        json.Raw((byte)'}');
        return _bytes.AsSpan(0, json.Length);
    }
}
