namespace LowLatency.Gateway.Connections;

/// <summary>
/// What goes to one client in one go: whole frames back to back. The fanout fills it, then the client's send loop owns it, then the pool.
/// </summary>
internal sealed class OutboundBatch
{
    /// <summary>From this size on a batch goes to the send loop without waiting for the flush.</summary>
    public const int FullBytes = 64 * 1024;

    private const int FirstBytes = 4096;
    private const int FirstFrames = 8;

    private byte[] _bytes = new byte[FirstBytes];
    private int[] _ends = new int[FirstFrames];
    private FrameKind[] _kinds = new FrameKind[FirstFrames];
    private bool _open;

    /// <summary>Bytes in it.</summary>
    public int Length { get; private set; }

    /// <summary>Number of frames, the one being filled included.</summary>
    public int FrameCount { get; private set; }

    /// <summary>Bytes of memory that it holds.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Adds a message to the text frame at the end, or begins one.</summary>
    /// <param name="message">A JSON object.</param>
    public void AddText(ReadOnlySpan<byte> message)
    {
        bool begins = Enter(FrameKind.Text);
        Span<byte> room = Room(message.Length + 1);
        room[0] = begins ? (byte)'[' : (byte)',';
        message.CopyTo(room[1..]);
    }

    /// <summary>Adds a record to the binary frame of its size at the end, or begins one.</summary>
    /// <param name="record">The record.</param>
    public void AddRecord(ReadOnlySpan<byte> record)
    {
        Enter(record.Length == 64 ? FrameKind.Records64 : FrameKind.Records128);
        record.CopyTo(Room(record.Length));
    }

    /// <summary>Ends the last frame; nothing is added any more.</summary>
    public void Seal()
    {
        if (!_open) return;
        _open = false;
        if (_kinds[FrameCount - 1] == FrameKind.Text) Room(1)[0] = (byte)']';
        _ends[FrameCount - 1] = Length;
    }

    /// <summary>The kind of a frame.</summary>
    public FrameKind Kind(int frame) => _kinds[frame];

    /// <summary>The bytes of a frame of a sealed batch.</summary>
    public ReadOnlyMemory<byte> Frame(int frame)
    {
        int start = frame == 0 ? 0 : _ends[frame - 1];
        return _bytes.AsMemory(start, _ends[frame] - start);
    }

    /// <summary>Makes it empty.</summary>
    public void Clear()
    {
        Length = 0;
        FrameCount = 0;
        _open = false;
    }

    private bool Enter(FrameKind kind)
    {
        if (_open && _kinds[FrameCount - 1] == kind) return false;
        Seal();
        if (FrameCount == _ends.Length)
        {
            Array.Resize(ref _ends, FrameCount * 2);
            Array.Resize(ref _kinds, FrameCount * 2);
        }

        _kinds[FrameCount++] = kind;
        _open = true;
        return true;
    }

    private Span<byte> Room(int length)
    {
        int end = Length + length;
        if (end > _bytes.Length) Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        Span<byte> room = _bytes.AsSpan(Length, length);
        Length = end;
        return room;
    }
}
