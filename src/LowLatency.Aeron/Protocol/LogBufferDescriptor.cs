using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatency.Aeron.Protocol;

/// <summary>
/// A log: three terms of one length, and 4096 bytes of metadata at the file's end.
/// <code>
///    0 +-------------------------------+
///      | tail counters (i64 x 3)       |  term id in the upper half, offset in the lower (it may pass the term's end)
///   24 +-------------------------------+
///      | active term count (i32)       |
///  128 +-------------------------------+
///      | end of stream position (i64)  |  driver; Int64.Max while the stream is open
///  136 +-------------------------------+
///      | is connected (i32)            |  driver
///  140 +-------------------------------+
///      | active transport count (i32)  |
///  256 +-------------------------------+  from here on constant
///      | correlation id (i64)          |  registration id of the publication
///  264 | initial term id (i32)         |
///  268 | default frame header len (i32)|
///  272 | MTU length (i32)              |
///  276 | term length (i32)             |
///  280 | page size (i32)               |
///  284 | publication window (i32)      |
///  288 | receiver window .. max resend |  eight i32 of network media
///  320 +-------------------------------+
///      | default frame header          |  128 bytes, the first 32 used
///  448 +-------------------------------+
///      | entity tag (i64)              |
///  456 | response correlation id (i64) |
///  464 | linger timeout ns (i64)       |
///  472 | untethered window limit (i64) |
///  480 | untethered resting (i64)      |
///  488 | group, is response, rejoin,   |
///      | reliable, sparse, signal EOS, |
///      | spies simulate, tether (u8 x8)|
///  496 | is revoked (u8)               |  driver
///  497 | type (u8)                     |  0 concurrent, 1 exclusive, 2 image
///  500 | untethered linger (i64)       |  not aligned
///  508 +-------------------------------+
/// </code>
/// Term ids wrap; counts of terms since the first do not.
/// </summary>
internal static class LogBufferDescriptor
{
    public const int PartitionCount = 3;
    public const int MetadataLength = 4096;
    public const int LeastTermLength = 64 * 1024;
    public const int MostTermLength = 1 << 30;
    public const int LeastPageSize = 4096;
    public const int MostPageSize = 1 << 30;
    public const int MostMessageLength = 16 * 1024 * 1024;
    public const int MostMtuLength = 65504;

    public const int TailCountersOffset = 0;
    public const int ActiveTermCountOffset = 24;
    public const int EndOfStreamPositionOffset = 128;
    public const int IsConnectedOffset = 136;
    public const int ActiveTransportCountOffset = 140;
    public const int CorrelationIdOffset = 256;
    public const int InitialTermIdOffset = 264;
    public const int DefaultFrameHeaderLengthOffset = 268;
    public const int MtuLengthOffset = 272;
    public const int TermLengthOffset = 276;
    public const int PageSizeOffset = 280;
    public const int PublicationWindowLengthOffset = 284;
    public const int MaxResendOffset = 316;
    public const int DefaultFrameHeaderOffset = 320;
    public const int DefaultFrameHeaderMostLength = 128;
    public const int EntityTagOffset = 448;
    public const int ResponseCorrelationIdOffset = 456;
    public const int LingerTimeoutNsOffset = 464;
    public const int UntetheredWindowLimitTimeoutNsOffset = 472;
    public const int UntetheredRestingTimeoutNsOffset = 480;
    public const int GroupOffset = 488;
    public const int IsResponseOffset = 489;
    public const int RejoinOffset = 490;
    public const int ReliableOffset = 491;
    public const int SparseOffset = 492;
    public const int SignalEosOffset = 493;
    public const int SpiesSimulateConnectionOffset = 494;
    public const int TetherOffset = 495;
    public const int IsRevokedOffset = 496;
    public const int TypeOffset = 497;
    public const int UntetheredLingerTimeoutNsOffset = 500;

    public const byte ConcurrentType = 0;
    public const byte ExclusiveType = 1;

    public static int PositionBits(int termLength) => BitOperations.TrailingZeroCount(termLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexByTermCount(int termCount) => (int)((uint)termCount % PartitionCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexByPosition(long position, int positionBits) => (int)((ulong)(position >> positionBits) % PartitionCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TermIdOf(long rawTail) => (int)(rawTail >> 32);

    /// <summary>The tail's offset cut at the term's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TermOffsetOf(long rawTail, int termLength) => (int)Math.Min(rawTail & 0xFFFF_FFFFL, termLength);

    public static long PackTail(int termId, int termOffset) => ((long)termId << 32) | (uint)termOffset;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long PositionOf(int termId, int termOffset, int positionBits, int initialTermId) =>
        ((long)unchecked((uint)(termId - initialTermId)) << positionBits) + termOffset;

    public static int TermIdByPosition(long position, int positionBits, int initialTermId) => unchecked((int)(position >> positionBits) + initialTermId);

    public static long MaxPossiblePosition(int termLength) => (long)termLength << 31;

    public static int MaxMessageLength(int termLength) => Math.Min(termLength / 8, MostMessageLength);

    public static long FileLength(int termLength, int pageSize) => AlignToPage(((long)termLength * PartitionCount) + MetadataLength, pageSize);

    public static bool IsTermLength(long length) => length is >= LeastTermLength and <= MostTermLength && BitOperations.IsPow2(length);

    public static bool IsPageSize(long size) => size is >= LeastPageSize and <= MostPageSize && BitOperations.IsPow2(size);

    public static bool IsMtu(long length) => length is > DataHeaderLayout.Length and <= MostMtuLength && length % DataHeaderLayout.FrameAlignment == 0;

    /// <summary>Bytes of the term that a message of this length takes, headers and alignment included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int RequiredLength(int length, int maxPayloadLength) =>
        length <= maxPayloadLength ? DataHeaderLayout.Align(length + DataHeaderLayout.Length) : FragmentedLength(length, maxPayloadLength);

    /// <summary>As <see cref="RequiredLength"/>, for messages of more than one frame.</summary>
    public static int FragmentedLength(int length, int maxPayloadLength)
    {
        (int full, int rest) = Math.DivRem(length, maxPayloadLength);
        int last = rest > 0 ? DataHeaderLayout.Align(rest + DataHeaderLayout.Length) : 0;
        return (full * (maxPayloadLength + DataHeaderLayout.Length)) + last;
    }

    private static long AlignToPage(long length, int pageSize) => (length + pageSize - 1) & ~(pageSize - 1L);
}
