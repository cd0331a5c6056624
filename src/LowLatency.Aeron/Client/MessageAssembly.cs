using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Client;

/// <summary>Puts the messages of sessions together from their fragments, a buffer a session. Once the buffers have grown it allocates nothing.</summary>
internal sealed class MessageAssembly(int initialLength)
{
    private readonly Dictionary<int, Buffer> _buffers = [];
    private Buffer? _latest;

    /// <summary>What a fragment did.</summary>
    public enum Outcome
    {
        /// <summary>It is part of a message that is not whole yet, or whose beginning was never seen.</summary>
        Incomplete,

        /// <summary>It is the last of a message, which is now whole.</summary>
        Complete,
    }

    /// <summary>Takes a fragment that is not a whole message.</summary>
    public Outcome Take(ReadOnlySpan<byte> payload, in Header header, out ReadOnlySpan<byte> message, out Header messageHeader)
    {
        message = default;
        messageHeader = default;
        Buffer buffer = BufferOf(header.SessionId);
        int end = header.TermOffset + DataHeaderLayout.Align(header.FrameLength);
        if ((header.Flags & DataHeaderLayout.BeginFlag) != 0) buffer.Begin(header);
        else if (!buffer.Continues(header))
        {
            // Joined in the midst of a message: its beginning is not to be had.
            buffer.Reset();
            return Outcome.Incomplete;
        }

        buffer.Append(payload, end);
        if ((header.Flags & DataHeaderLayout.EndFlag) == 0) return Outcome.Incomplete;
        message = buffer.Message;
        messageHeader = buffer.First.ForMessageEndingAt(header.TermOffset + header.FrameLength);
        return Outcome.Complete;
    }

    /// <summary>The message that was complete has been handled.</summary>
    public void Reset(int sessionId) => BufferOf(sessionId).Reset();

    /// <summary>Takes back the last fragment of a session: it will come again.</summary>
    public void Undo(int sessionId, int payloadLength, in Header header) => BufferOf(sessionId).Undo(payloadLength, header);

    /// <summary>Gives back what a session has taken.</summary>
    public bool Free(int sessionId)
    {
        _latest = null;
        return _buffers.Remove(sessionId);
    }

    private Buffer BufferOf(int sessionId)
    {
        if (_latest is { } latest && latest.SessionId == sessionId) return latest;
        if (!_buffers.TryGetValue(sessionId, out Buffer? buffer))
        {
            buffer = new Buffer(sessionId, initialLength);
            _buffers.Add(sessionId, buffer);
        }

        return _latest = buffer;
    }

    private sealed class Buffer(int sessionId, int initialLength)
    {
        private const int NotBegun = -1;

        private byte[] _bytes = new byte[initialLength];
        private int _length;
        private int _nextTermOffset = NotBegun;

        public int SessionId { get; } = sessionId;

        public Header First { get; private set; }

        public ReadOnlySpan<byte> Message => _bytes.AsSpan(0, _length);

        public void Begin(in Header header)
        {
            First = header;
            _length = 0;
        }

        public bool Continues(in Header header) => _nextTermOffset == header.TermOffset && First.TermId == header.TermId;

        public void Append(ReadOnlySpan<byte> payload, int nextTermOffset)
        {
            if (payload.Length > _bytes.Length - _length) Array.Resize(ref _bytes, Math.Max(_length + payload.Length, (int)Math.Min(2L * _bytes.Length, Array.MaxLength)));
            payload.CopyTo(_bytes.AsSpan(_length));
            _length += payload.Length;
            _nextTermOffset = nextTermOffset;
        }

        public void Undo(int payloadLength, in Header header)
        {
            _length -= payloadLength;
            _nextTermOffset = header.TermOffset;
        }

        public void Reset()
        {
            _length = 0;
            _nextTermOffset = NotBegun;
        }
    }
}
