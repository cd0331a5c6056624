using LowLatency.Core.Memory;
using Microsoft.Win32.SafeHandles;

namespace LowLatency.Storage.Journal;

/// <summary>Makes, begins and shortens the files of a segment.</summary>
internal static class SegmentFile
{
    /// <summary>Makes the files of a segment that is begun later: their room is taken from the disk now.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="settings">The journal's settings.</param>
    /// <param name="header">NumPy's header.</param>
    /// <exception cref="IOException">There is no room, or the system refuses for another reason; nothing is left then.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Prepare(JournalFiles files, JournalSettings settings, NumpyHeader header)
    {
        Discard(files);
        try
        {
            MappedFile data = MappedFile.Create(files.NextData, NumpyHeader.Bytes + ((long)settings.SegmentRecords * settings.RecordBytes));
            data.View.PutBytes(0, header.Page);
            data.Unmap();
            // One for what sealing closes, one that is never used: the writer closes no entry into the last place but then.
            MappedFile.Create(files.NextIndex, IndexFile.LengthOf((settings.SegmentRecords / settings.IndexRecords) + 2)).Unmap();
        }
        catch
        {
            Discard(files);
            throw;
        }
    }

    /// <summary>Removes what was made and not begun.</summary>
    /// <param name="files">The journal's files.</param>
    public static void Discard(JournalFiles files)
    {
        File.Delete(files.NextData);
        File.Delete(files.NextIndex);
    }

    /// <summary>Begins the segment that was made.</summary>
    /// <param name="files">The journal's files.</param>
    /// <param name="header">What it is.</param>
    /// <param name="shapeOffset">Where NumPy's number of records is.</param>
    /// <param name="indexRecords">Records of an entry at the least.</param>
    /// <param name="syncs">Whether its names are brought to disk.</param>
    public static SegmentWriter Begin(JournalFiles files, in IndexHeader header, int shapeOffset, int indexRecords, bool syncs)
    {
        using (SafeFileHandle handle = OpenForWriting(files.NextIndex)) RandomAccess.Write(handle, IndexFile.Page(in header), 0);
        // Readers find a segment by its index: the records come first.
        File.Move(files.NextData, files.Data(header.First));
        File.Move(files.NextIndex, files.Index(header.First));
        if (syncs) FolderNames.Flush(files.Folder);
        IndexFile index = IndexFile.Open(files.Index(header.First), writable: true);
        try
        {
            return new SegmentWriter(MappedFile.Open(files.Data(header.First), writable: true), index, shapeOffset, indexRecords, IndexEntry.Empty(0));
        }
        catch
        {
            index.Unmap();
            throw;
        }
    }

    /// <summary>Shortens a file; what is mapped of it by others ends before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its new length, in bytes.</param>
    public static void Shorten(string path, long length)
    {
        using SafeFileHandle handle = OpenForWriting(path);
        if (RandomAccess.GetLength(handle) > length) RandomAccess.SetLength(handle, length);
    }

    private static SafeFileHandle OpenForWriting(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
}
