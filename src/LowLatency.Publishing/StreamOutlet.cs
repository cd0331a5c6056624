using LowLatency.Aeron.Client;
using LowLatency.Market.Records;

namespace LowLatency.Publishing;

/// <summary>One published stream: gathers whole records into messages, and offers them. One thread's own.</summary>
internal sealed class StreamOutlet : IDisposable
{
    private readonly ExclusivePublication _publication;
    private readonly byte[] _message;
    private readonly long _run;
    private int _length;
    private int _records;
    private bool _drops;

    /// <summary>Makes an outlet.</summary>
    /// <param name="publication">Where to.</param>
    /// <param name="run">The engine's run, each message's reserved value.</param>
    public StreamOutlet(ExclusivePublication publication, long run)
    {
        _publication = publication;
        _run = run;
        if (publication.MaxPayloadLength < RecordLengths.Max)
            throw new ArgumentException($"A message on {publication.Channel} has {publication.MaxPayloadLength} bytes at most, and a record up to {RecordLengths.Max}: name a larger mtu.", nameof(publication));
        _message = new byte[publication.MaxPayloadLength / 64 * 64];
    }

    /// <summary>Whether nothing can be sent any more: the client or its driver has gone.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Records that were not sent because a subscriber that is waited for did not read.</summary>
    public long Dropped { get; private set; }

    /// <summary>Records that were not sent because nobody listened.</summary>
    public long Unheard { get; private set; }

    /// <summary>Records that were accepted.</summary>
    public long Sent { get; private set; }

    /// <summary>Adds a record to the message.</summary>
    /// <param name="record">A whole record.</param>
    /// <param name="mayDrop">Whether what finds no room is dropped rather than waited for.</param>
    /// <returns>False when the message is full and finds no room now: try again.</returns>
    public bool TryAppend(ReadOnlySpan<byte> record, bool mayDrop)
    {
        if (_length + record.Length > _message.Length && !TryFlush(mayDrop)) return false;
        record.CopyTo(_message.AsSpan(_length));
        _length += record.Length;
        _records++;
        return true;
    }

    /// <summary>Sends what there is.</summary>
    /// <param name="mayDrop">Whether what finds no room is dropped rather than waited for.</param>
    /// <returns>False when it finds no room now: try again.</returns>
    public bool TryFlush(bool mayDrop)
    {
        if (_length == 0) return true;
        OfferResult result;
        while (!_publication.Offer(_message.AsSpan(0, _length), out result, _run))
        {
            // The message goes into the next term, which is there now.
            if (result.Status != OfferStatus.AdminAction) break;
        }

        switch (result.Status)
        {
            case OfferStatus.Accepted:
                Sent += _records;
                _drops = false;
                break;
            case OfferStatus.BackPressured when !_drops && !mayDrop:
                return false;
            case OfferStatus.BackPressured:
                // Once begun, until there is room again: nobody waits twice for the same subscriber.
                _drops = true;
                Dropped += _records;
                break;
            case OfferStatus.NotConnected:
                _drops = false;
                Unheard += _records;
                break;
            default:
                IsClosed = true;
                break;
        }

        _length = _records = 0;
        return true;
    }

    /// <summary>Closes the publication.</summary>
    public void Dispose() => _publication.Dispose();
}
