using System.Buffers.Binary;
using System.Numerics;
using LowLatency.Core.Memory;
using Microsoft.Win32.SafeHandles;

namespace LowLatency.Storage.Journal;

/// <summary>
/// How far a reader has come, kept under a name in the journal's folder: <c>NAME.READER.cursor</c>. A save replaces the file in one step, so that whoever dies in the midst of it leaves the old
/// ordinal or the new one. One process saves a cursor; retention keeps what it has not passed (<see cref="JournalSettings.RetainForCursors"/>).
/// <code>
///    0  magic "LLJCURSR"   8  version (u32), 0 (u32)   16  ordinal (i64)   24  CRC-32C of the 24 bytes before (u32), 0 (u32)
/// </code>
/// </summary>
public sealed class JournalCursor
{
    private const int Version = 1;
    private const int Bytes = 32;

    private readonly JournalFiles _files;
    private readonly string _path;
    private readonly string _newPath;
    private readonly byte[] _content = new byte[Bytes];

    private JournalCursor(JournalFiles files, string name)
    {
        _files = files;
        _path = files.Cursor(name);
        _newPath = _path + ".new";
        Name = name;
        Magic.CopyTo(_content);
        BinaryPrimitives.WriteInt32LittleEndian(_content.AsSpan(8), Version);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The ordinal that was saved last: by agreement, of the next record to be read; -1 when none was.</summary>
    public long Ordinal { get; private set; } = -1;

    private static ReadOnlySpan<byte> Magic => "LLJCURSR"u8;

    /// <summary>Opens a cursor; one that is not there is made by its first save.</summary>
    /// <param name="folder">The journal's folder.</param>
    /// <param name="journal">The journal's name.</param>
    /// <param name="name">The cursor's: 1 to 64 letters, digits, _ and -.</param>
    /// <exception cref="JournalException">A name cannot be one, or the file is damaged or of a newer version.</exception>
    public static JournalCursor Open(string folder, string journal, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!JournalFiles.IsName(journal)) throw new JournalException($"A journal cannot be called '{journal}': a name has 1 to 64 letters, digits, _ and -.");
        if (!JournalFiles.IsName(name)) throw new JournalException($"A cursor cannot be called '{name}': a name has 1 to 64 letters, digits, _ and -.");
        var cursor = new JournalCursor(new JournalFiles(folder, journal), name);
        if (File.Exists(cursor._path)) cursor.Ordinal = cursor.Read();
        return cursor;
    }

    /// <summary>Saves an ordinal.</summary>
    /// <param name="ordinal">Of the next record to be read; 0 or more. It may fall.</param>
    /// <param name="isDurable">Whether it is on disk when the call returns; if not, the process's death is no harm, the machine's crash may take back the last saves.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    /// <exception cref="IOException">The disk is full, or refuses; the saved ordinal is as before.</exception>
    public void Save(long ordinal, bool isDurable = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ordinal);
        BinaryPrimitives.WriteInt64LittleEndian(_content.AsSpan(16), ordinal);
        BinaryPrimitives.WriteUInt32LittleEndian(_content.AsSpan(24), ChecksumOf(_content));
        using (SafeFileHandle file = File.OpenHandle(_newPath, FileMode.Create, FileAccess.Write, FileShare.Read))
        {
            RandomAccess.Write(file, _content, 0);
            if (isDurable) RandomAccess.FlushToDisk(file);
        }

        File.Move(_newPath, _path, overwrite: true);
        if (isDurable) FolderNames.Flush(_files.Folder);
        Ordinal = ordinal;
    }

    private static uint ChecksumOf(ReadOnlySpan<byte> content)
    {
        uint checksum = RecordChecksum.Start;
        for (int i = 0; i < 24; i += 8) checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(content[i..]));
        return checksum;
    }

    private long Read()
    {
        byte[] content = File.ReadAllBytes(_path);
        if (content.Length < 12 || !content.AsSpan().StartsWith(Magic)) throw Damaged();
        int version = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(8));
        if (version > Version) throw new JournalException($"{_path} is of format version {version}; this program reads versions up to {Version}. Use the newer program, or remove the cursor.");
        if (content.Length != Bytes || BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(24)) != ChecksumOf(content)) throw Damaged();
        return BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(16));
    }

    private JournalException Damaged() => new($"{_path} is damaged: it does not have the checksum that it says. Remove it, and its reader begins anew.");
}
