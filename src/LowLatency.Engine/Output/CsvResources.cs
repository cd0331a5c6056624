namespace LowLatency.Engine.Output;

/// <summary>What all CSV files of an output share: handles, of which systems often allow a process no more than 1,024, and buffers, taken from one block made at the start.</summary>
/// <param name="handles">How many files may stay open at once; the others are opened for each write.</param>
/// <param name="buffers">How many buffers the block holds; beyond it each is allocated.</param>
internal sealed class CsvResources(int handles, int buffers)
{
    /// <summary>Bytes of a buffer.</summary>
    public const int BufferBytes = 4096;

    private readonly byte[] _block = new byte[buffers * BufferBytes];
    private int _handlesLeft = handles;
    private int _taken;

    /// <summary>Takes a handle; false when none is left.</summary>
    public bool TryTakeHandle() => _handlesLeft > 0 && _handlesLeft-- > 0;

    /// <summary>Takes a buffer.</summary>
    public Memory<byte> TakeBuffer() =>
        _taken + BufferBytes <= _block.Length ? _block.AsMemory((_taken += BufferBytes) - BufferBytes, BufferBytes) : new byte[BufferBytes];
}
