using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using LowLatency.Core.Memory;

namespace LowLatency.Storage.Journal;

/// <summary>
/// The index beside a segment: what the segment is, how much of it is written, and its <see cref="IndexEntry"/>s. Little-endian.
/// <code>
///      0  magic "LLJINDEX"      8  version (u32)        12  entry bytes (u32)
///     16  record bytes (u32)   20  capacity (u32), in records
///     24  first (i64): the first record's ordinal
///     32  epoch (i64)          40  created (i64), ns    48  mark before the segment (i64)
///     56  CRC-32C of the bytes 0 to 56 and of the caller's block (u32)
///     64  the caller's block, 64 bytes
///    128  the machine's start at which it was last written, 16 bytes
///    192  committed (i64), in records: what readers go by        200  closed entries (i64)
///    256  sealed (i64): 1 when no more comes     264  sealed at (i64), ns    272  durable (i64): 1 when all of a sealed segment is on disk
///    280  of a sealed segment: least and most event_ns, least and most receive_ns (i64), instruments (u64), as in an entry
///    320  two slots for the entry that is not closed yet, by turns; each whole or not by its checksum
///    448  two slots for the same, written before a sync and left alone until the next one is done
///   4096  entries; the first without a right checksum, or that does not follow on the one before, ends them
/// </code>
/// </summary>
internal sealed class IndexFile
{
    /// <summary>The version that is written, and the newest that is read.</summary>
    public const int Version = 1;

    /// <summary>Bytes before the entries.</summary>
    public const int HeaderBytes = 4096;

    /// <summary>Number of slots: two of the writer, two of syncs.</summary>
    public const int Slots = 4;

    /// <summary>The first slot of syncs.</summary>
    public const int SyncSlot = 2;

    private const int CheckedBytes = 56;
    private const int BlockOffset = 64;
    private const int StartOffset = 128;
    private const int CommittedOffset = 192;
    private const int ClosedOffset = 200;
    private const int SealedOffset = 256;
    private const int SealedNsOffset = 264;
    private const int DurableOffset = 272;
    private const int SummaryOffset = 280;
    private const int SlotsOffset = 320;

    private readonly MappedFile _file;
    private readonly MemoryView _view;

    private IndexFile(MappedFile file)
    {
        _file = file;
        _view = file.View;
        RecordBytes = _view.GetInt32(16);
        Capacity = _view.GetInt32(20);
        First = _view.GetInt64(24);
        Epoch = _view.GetInt64(32);
        CreatedNs = _view.GetInt64(40);
        MarkBefore = _view.GetInt64(48);
        EntryCapacity = (int)Math.Min(int.MaxValue, (file.Length - HeaderBytes) / IndexEntry.Bytes);
    }

    /// <summary>The magic number.</summary>
    private static ReadOnlySpan<byte> Magic => "LLJINDEX"u8;

    /// <summary>Bytes of a record.</summary>
    public int RecordBytes { get; }

    /// <summary>Most records of the segment.</summary>
    public int Capacity { get; }

    /// <summary>Ordinal of its first record.</summary>
    public long First { get; }

    /// <summary>The caller's number.</summary>
    public long Epoch { get; }

    /// <summary>When it was begun: nanoseconds since 1970.</summary>
    public long CreatedNs { get; }

    /// <summary>The mark of the last append before it.</summary>
    public long MarkBefore { get; }

    /// <summary>Number of entries for which it has room.</summary>
    public int EntryCapacity { get; }

    /// <summary>Records that readers may read.</summary>
    public long Committed => _view.GetInt64Volatile(CommittedOffset);

    /// <summary>The word of <see cref="Committed"/>.</summary>
    public MappedWord CommittedWord => _view.WordAt(CommittedOffset);

    /// <summary>Number of closed entries.</summary>
    public int Closed
    {
        get => (int)_view.GetInt64Volatile(ClosedOffset);
        set => _view.PutInt64Ordered(ClosedOffset, value);
    }

    /// <summary>Whether no more records come.</summary>
    public bool IsSealed => _view.GetInt64Volatile(SealedOffset) != 0;

    /// <summary>When it was sealed: nanoseconds since 1970.</summary>
    public long SealedNs => _view.GetInt64(SealedNsOffset);

    /// <summary>Whether it is sealed and all of it is on disk.</summary>
    public bool IsDurable => _view.GetInt64(DurableOffset) != 0;

    /// <summary>Times and instruments of a sealed segment, as an entry of all its records.</summary>
    public IndexEntry Summary => new()
    {
        Count = (uint)Committed,
        LeastEventNs = _view.GetInt64(SummaryOffset),
        MostEventNs = _view.GetInt64(SummaryOffset + 8),
        LeastReceiveNs = _view.GetInt64(SummaryOffset + 16),
        MostReceiveNs = _view.GetInt64(SummaryOffset + 24),
        Instruments = (ulong)_view.GetInt64(SummaryOffset + 32),
    };

    /// <summary>The caller's block.</summary>
    public byte[] CallerBlock => _view.Bytes(BlockOffset, JournalSettings.CallerBlockBytes).ToArray();

    /// <summary>The machine's start at which it was last written.</summary>
    public Guid MachineStart
    {
        get => new(_view.Bytes(StartOffset, 16));
        set => value.TryWriteBytes(_view.WritableBytes(StartOffset, 16));
    }

    /// <summary>The first page of an index.</summary>
    /// <param name="header">What the segment is.</param>
    public static byte[] Page(in IndexHeader header)
    {
        byte[] page = new byte[HeaderBytes];
        Magic.CopyTo(page);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(12), IndexEntry.Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(16), header.RecordBytes);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(20), header.Capacity);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(24), header.First);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(32), header.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(40), header.CreatedNs);
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(48), header.MarkBefore);
        header.CallerBlock.Span.CopyTo(page.AsSpan(BlockOffset));
        header.MachineStart.TryWriteBytes(page.AsSpan(StartOffset));
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(CheckedBytes), ChecksumOf(page));
        return page;
    }

    /// <summary>Bytes of an index for a number of entries.</summary>
    /// <param name="entries">How many.</param>
    public static long LengthOf(int entries) => HeaderBytes + ((long)entries * IndexEntry.Bytes);

    /// <summary>Opens an index.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="writable">Whether it is written.</param>
    /// <exception cref="JournalException">It is no index, of a newer version, or damaged.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static IndexFile Open(string path, bool writable)
    {
        MappedFile file = MappedFile.Open(path, writable);
        try
        {
            Check(file);
            return new IndexFile(file);
        }
        catch
        {
            file.Unmap();
            throw;
        }
    }

    /// <summary>Copies an entry.</summary>
    /// <param name="index">Which, from 0 to <see cref="EntryCapacity"/>.</param>
    public IndexEntry Entry(int index) => MemoryMarshal.Read<IndexEntry>(_view.Bytes(LengthOf(index), IndexEntry.Bytes));

    /// <summary>Writes an entry.</summary>
    /// <param name="index">Which.</param>
    /// <param name="entry">The entry.</param>
    public void PutEntry(int index, in IndexEntry entry) => MemoryMarshal.Write(_view.WritableBytes(LengthOf(index), IndexEntry.Bytes), in entry);

    /// <summary>Copies a slot.</summary>
    /// <param name="slot">Which.</param>
    public IndexEntry Slot(int slot) => MemoryMarshal.Read<IndexEntry>(_view.Bytes(SlotsOffset + (slot * IndexEntry.Bytes), IndexEntry.Bytes));

    /// <summary>Writes a slot.</summary>
    /// <param name="slot">Which.</param>
    /// <param name="entry">The entry.</param>
    public void PutSlot(int slot, in IndexEntry entry) => MemoryMarshal.Write(_view.WritableBytes(SlotsOffset + (slot * IndexEntry.Bytes), IndexEntry.Bytes), in entry);

    /// <summary>Says that no more records come.</summary>
    /// <param name="nowNs">When: nanoseconds since 1970.</param>
    public void Seal(long nowNs)
    {
        IndexEntry summary = IndexEntry.Empty(0);
        for (int i = 0; i < Closed; i++) summary.Widen(Entry(i));
        _view.PutInt64(SummaryOffset, summary.LeastEventNs);
        _view.PutInt64(SummaryOffset + 8, summary.MostEventNs);
        _view.PutInt64(SummaryOffset + 16, summary.LeastReceiveNs);
        _view.PutInt64(SummaryOffset + 24, summary.MostReceiveNs);
        _view.PutInt64(SummaryOffset + 32, (long)summary.Instruments);
        _view.PutInt64(SealedNsOffset, nowNs);
        // Behind all that readers look at next.
        _view.PutInt64Ordered(SealedOffset, 1);
    }

    /// <summary>Says that all of it is on disk.</summary>
    public void SetDurable() => _view.PutInt64(DurableOffset, 1);

    /// <summary>Says anew what the segment is; nothing has been appended to it.</summary>
    /// <param name="header">What it is.</param>
    public void Rename(in IndexHeader header) => _view.PutBytes(0, Page(in header).AsSpan(0, StartOffset));

    /// <summary>Zeroes what comes behind the entries that count, so that it is never taken for them.</summary>
    /// <param name="entries">Entries that count.</param>
    public void ClearFrom(int entries)
    {
        for (int i = entries; i < EntryCapacity; i++) PutEntry(i, default);
    }

    /// <summary>Brings it to disk.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Unmaps it; nobody may use it any more.</summary>
    public void Unmap() => _file.Unmap();

    private static void Check(MappedFile file)
    {
        MemoryView view = file.View;
        if (file.Length < HeaderBytes || !view.Bytes(0, Magic.Length).SequenceEqual(Magic))
            throw new JournalException($"{file.Path} is no index of a journal. If the records beside it are wanted, read them with NumPy; then move both files away.");
        int version = view.GetInt32(8);
        if (version > Version) throw new JournalException($"{file.Path} is of format version {version}; this program reads versions up to {Version}. Use the newer program, or move the journal away.");
        Span<byte> page = stackalloc byte[StartOffset];
        view.GetBytes(0, page);
        if (version < 1 || view.GetInt32(12) != IndexEntry.Bytes || BinaryPrimitives.ReadUInt32LittleEndian(page[CheckedBytes..]) != ChecksumOf(page))
            throw new JournalException($"{file.Path} is damaged: its header does not have the checksum that it says. The records beside it can be read with NumPy; to go on, move both files and those behind them away.");
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> page)
    {
        uint checksum = RecordChecksum.Start;
        foreach (ulong word in MemoryMarshal.Cast<byte, ulong>(page[..CheckedBytes])) checksum = BitOperations.Crc32C(checksum, word);
        return RecordChecksum.Append(checksum, page.Slice(BlockOffset, JournalSettings.CallerBlockBytes));
    }
}
