using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Fanout;

/// <summary>Writes what is known of a stream to a client that begins to listen. The fanout thread's own.</summary>
/// <param name="delivery">Where messages go.</param>
/// <param name="names">The names that records refer to.</param>
internal sealed class SnapshotWriter(Delivery delivery, RecordNames names)
{
    /// <summary>The most records in one message.</summary>
    public const int MaxItems = 500;

    /// <summary>What a record in a snapshot is counted as, in bytes, before it is written.</summary>
    public const int ExpectedItemBytes = 256;

    private readonly byte[] _bytes = new byte[1024 + (MaxItems * (RecordJson.MaxBytes + 3))];

    /// <summary>Writes a snapshot in as many messages as it takes.</summary>
    /// <param name="client">To whom.</param>
    /// <param name="stream">Of what.</param>
    /// <param name="window">How far back.</param>
    public void Write(FanoutClient client, StreamState stream, SnapshotWindow window)
    {
        if (window.Kind == SnapshotKind.None) return;
        if (client.Options.Binary) WriteRecords(client, stream, window);
        else WriteJson(client, stream, window);
    }

    private void WriteJson(FanoutClient client, StreamState stream, SnapshotWindow window)
    {
        int left = stream.SnapshotCount(window);
        int cursor = 0;
        do
        {
            var json = new JsonText(_bytes);
            Begin(ref json, stream, left <= MaxItems);
            json.Raw(",\"d\":["u8);
            int items = 0;
            while (items < MaxItems && stream.TryNextOfSnapshot(window, ref cursor, out ReadOnlySpan<byte> record))
            {
                json.Raw(items++ == 0 ? "{"u8 : ",{"u8);
                RecordJson.WriteFields(ref json, record, client.Unit, names);
                json.Raw((byte)'}');
            }

            left -= items;
            json.Raw("]}"u8);
            if (!delivery.Send(client, _bytes.AsSpan(0, json.Length))) return;
        }
        while (left > 0);
    }

    private void WriteRecords(FanoutClient client, StreamState stream, SnapshotWindow window)
    {
        var json = new JsonText(_bytes);
        Begin(ref json, stream, last: true);
        json.Raw(",\"n\":"u8);
        json.Integer((long)stream.SnapshotCount(window));
        json.Raw((byte)'}');
        if (!delivery.Send(client, _bytes.AsSpan(0, json.Length))) return;
        int cursor = 0;
        while (stream.TryNextOfSnapshot(window, ref cursor, out ReadOnlySpan<byte> record))
        {
            if (!delivery.Send(client, stream, record)) return;
        }
    }

    private static void Begin(ref JsonText json, StreamState stream, bool last)
    {
        json.Raw("{\"T\":\"snap\","u8);
        json.Raw(stream.Names);
        json.Raw(",\"q\":"u8);
        json.Integer(stream.LastQ);
        json.Raw(last ? ",\"last\":true"u8 : ",\"last\":false"u8);
    }
}
