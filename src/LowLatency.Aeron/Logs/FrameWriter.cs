using System.Runtime.CompilerServices;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Logs;

/// <summary>
/// Writes frames of one publication into a term. A frame's length is negative from its first store on, so that whoever unblocks it after our death
/// knows its extent, and is written positive, released, as the last.
/// </summary>
/// <param name="sessionId">The publication's session.</param>
/// <param name="streamId">Its stream.</param>
internal readonly struct FrameWriter(int sessionId, int streamId)
{
    private static readonly long DataWord = (long)DataHeaderLayout.Word(DataHeaderLayout.Unfragmented, DataHeaderLayout.DataType) << 32;

    /// <summary>Begins a frame of data, unfragmented; it is to be committed by <see cref="Commit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(in MappedBlock term, int offset, int frameLength, int termId)
    {
        // One store of length, version, flags and type: they are one aligned word.
        term.PutInt64Ordered(offset, DataWord | (uint)-frameLength);
        // Store-store: nothing of the frame is there before its negative length is.
        Volatile.WriteBarrier();
        term.PutInt64(offset + DataHeaderLayout.TermOffsetOffset, DataHeaderLayout.Pair(offset, sessionId));
        term.PutInt64(offset + DataHeaderLayout.StreamIdOffset, DataHeaderLayout.Pair(streamId, termId));
    }

    /// <summary>Gives a frame to the readers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Commit(in MappedBlock term, int offset, int frameLength) => term.PutInt32Ordered(offset, frameLength);

    /// <summary>Sets flags and type of a frame that is begun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetWord(in MappedBlock term, int offset, byte flags, ushort type) => term.PutInt32(offset + DataHeaderLayout.VersionOffset, DataHeaderLayout.Word(flags, type));

    /// <summary>Fills a term from an offset to its end.</summary>
    public void PadToEnd(in MappedBlock term, int offset, int termId)
    {
        int length = (int)term.Length - offset;
        Begin(term, offset, length, termId);
        SetWord(term, offset, DataHeaderLayout.Unfragmented, DataHeaderLayout.PaddingType);
        Commit(term, offset, length);
    }

    /// <summary>Writes a message of one frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(in MappedBlock term, int offset, int termId, ReadOnlySpan<byte> message, long reservedValue)
    {
        int frameLength = message.Length + DataHeaderLayout.Length;
        Begin(term, offset, frameLength, termId);
        term.PutBytes(offset + DataHeaderLayout.Length, message);
        if (reservedValue != 0) term.PutInt64(offset + DataHeaderLayout.ReservedValueOffset, reservedValue);
        Commit(term, offset, frameLength);
    }

    /// <summary>Writes a message of several frames, one behind the other, each committed as it is whole.</summary>
    public void WriteFragments(in MappedBlock term, int offset, int termId, ReadOnlySpan<byte> message, int maxPayloadLength, long reservedValue)
    {
        byte flags = DataHeaderLayout.BeginFlag;
        while (true)
        {
            int length = Math.Min(message.Length, maxPayloadLength);
            int frameLength = length + DataHeaderLayout.Length;
            if (message.Length <= maxPayloadLength) flags |= DataHeaderLayout.EndFlag;
            Begin(term, offset, frameLength, termId);
            term.PutBytes(offset + DataHeaderLayout.Length, message[..length]);
            SetWord(term, offset, flags, DataHeaderLayout.DataType);
            if (reservedValue != 0) term.PutInt64(offset + DataHeaderLayout.ReservedValueOffset, reservedValue);
            Commit(term, offset, frameLength);
            if (message.Length <= maxPayloadLength) return;
            message = message[length..];
            offset += DataHeaderLayout.Align(frameLength);
            flags = 0;
        }
    }
}
