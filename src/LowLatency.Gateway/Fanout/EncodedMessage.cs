using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Fanout;

/// <summary>The newest message of one stream in one encoding, kept so that it is encoded once, whoever wants it and when.</summary>
internal sealed class EncodedMessage
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>The q of the message; 0 when there is none.</summary>
    public ulong Q { get; private set; }

    /// <summary>The message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Encodes a record.</summary>
    /// <param name="prefix">The message up to the value of q.</param>
    /// <param name="record">The record.</param>
    /// <param name="q">Its q.</param>
    /// <param name="unit">How the client wants times.</param>
    /// <param name="names">The names that records refer to.</param>
    /// <returns>The message.</returns>
    public ReadOnlySpan<byte> Encode(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> record, ulong q, TimeUnit unit, RecordNames names)
    {
        if (_bytes.Length == 0) _bytes = new byte[prefix.Length + RecordJson.MaxBytes + 32];
        var json = new JsonText(_bytes);
        json.Raw(prefix);
        json.Integer(q);
        json.Raw((byte)',');
        RecordJson.WriteFields(ref json, record, unit, names);
        json.Raw((byte)'}');
        _length = json.Length;
        Q = q;
        return Bytes;
    }
}
