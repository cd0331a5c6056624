namespace LowLatency.Engine.Output;

/// <summary>What all CSV files of an output share: handles, of which systems often allow a process no more than 1,024, and buffers, taken from one block made at the start.</summary>
/// <param name="handles">How many files may stay open at once; the others are opened for each write.</param>
/// <param name="bytes">Size of the block; beyond it each buffer is allocated.</param>
internal sealed class CsvResources(int handles, int bytes)
{
    /// <summary>Bytes of a buffer of a stream that has a record now and then, and of one that has a record a tick.</summary>
    public const int SmallBuffer = 4096;
    public const int LargeBuffer = 32 * 1024;

    private readonly byte[] _block = new byte[bytes];
    private int _handlesLeft = handles;
    private int _taken;

    /// <summary>Takes a handle; false when none is left.</summary>
    public bool TryTakeHandle() => _handlesLeft > 0 && _handlesLeft-- > 0;

    /// <summary>Takes a buffer.</summary>
    /// <param name="size">Its size in bytes.</param>
    public Memory<byte> TakeBuffer(int size) => _taken + size <= _block.Length ? _block.AsMemory((_taken += size) - size, size) : new byte[size];
}
