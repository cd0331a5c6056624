using System.Buffers;

namespace LowLatency.Feeds.Csv;

/// <summary>The memory of a reading thread's pipes: blocks of one size, made at the start and used again and again; more are made only when all are in use.</summary>
internal sealed class BlockPool : MemoryPool<byte>
{
    private readonly Stack<Block> _free;
    private readonly int _blockBytes;

    /// <summary>Makes the blocks.</summary>
    /// <param name="blockBytes">Bytes of a block.</param>
    /// <param name="blocks">How many are made now.</param>
    public BlockPool(int blockBytes, int blocks)
    {
        _blockBytes = blockBytes;
        _free = new Stack<Block>(blocks);
        for (int i = 0; i < blocks; i++) _free.Push(new Block(this));
    }

    /// <inheritdoc/>
    public override int MaxBufferSize => _blockBytes;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, _blockBytes);
        lock (_free)
        {
            return _free.TryPop(out Block? block) ? block : new Block(this);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }

    private void Return(Block block)
    {
        lock (_free)
        {
            _free.Push(block);
        }
    }

    private sealed class Block(BlockPool pool) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = new byte[pool._blockBytes];

        public void Dispose() => pool.Return(this);
    }
}
