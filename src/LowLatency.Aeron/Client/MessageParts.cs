namespace LowLatency.Aeron.Client;

/// <summary>The parts of a message that is gathered, and how far they have been taken.</summary>
internal ref struct MessageParts(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<ReadOnlyMemory<byte>> rest)
{
    private ReadOnlySpan<byte> _current = first;
    private ReadOnlySpan<byte> _second = second;
    private ReadOnlySpan<ReadOnlyMemory<byte>> _rest = rest;

    /// <summary>Fills a destination with the bytes that come next; there are as many.</summary>
    public void CopyTo(Span<byte> destination)
    {
        while (destination.Length > 0)
        {
            if (_current.IsEmpty)
            {
                Advance();
                continue;
            }

            int length = Math.Min(_current.Length, destination.Length);
            _current[..length].CopyTo(destination);
            _current = _current[length..];
            destination = destination[length..];
        }
    }

    private void Advance()
    {
        if (!_second.IsEmpty)
        {
            _current = _second;
            _second = default;
            return;
        }

        _current = _rest[0].Span;
        _rest = _rest[1..];
    }
}
