using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Aeron.Protocol;

namespace LowLatency.Aeron.Tests.Protocol;

/// <summary>Positions and terms against big integers.</summary>
public sealed class TermArithmeticTests
{
    [Fact]
    public void Should_Find_Term_And_Offset_Of_A_Position_And_Back() =>
        Prop.ForAll<int, int, int>((initialTermId, termCount, offset) =>
        {
            int bits = 16 + (int)((uint)offset % 15);
            int termLength = 1 << bits;
            int count = termCount & int.MaxValue;
            int termOffset = (offset & (termLength - 1)) & ~31;
            int termId = unchecked(initialTermId + count);
            long position = LogBufferDescriptor.PositionOf(termId, termOffset, bits, initialTermId);
            Assert.Equal((new BigInteger(count) * termLength) + termOffset, new BigInteger(position));
            Assert.Equal(termId, LogBufferDescriptor.TermIdByPosition(position, bits, initialTermId));
            Assert.Equal(count % 3, LogBufferDescriptor.IndexByTermCount(count));
            Assert.Equal(count % 3, LogBufferDescriptor.IndexByPosition(position, bits));
            Assert.True(position < LogBufferDescriptor.MaxPossiblePosition(termLength));
            long tail = LogBufferDescriptor.PackTail(termId, termOffset);
            Assert.Equal((termId, termOffset), (LogBufferDescriptor.TermIdOf(tail), LogBufferDescriptor.TermOffsetOf(tail, termLength)));
            Assert.Equal(termLength, LogBufferDescriptor.TermOffsetOf(LogBufferDescriptor.PackTail(termId, termLength) + termOffset, termLength));
            Assert.Equal(bits, LogBufferDescriptor.PositionBits(termLength));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Should_Count_What_A_Message_Takes() =>
        Prop.ForAll<PositiveInt, NonNegativeInt>((mtus, messageLength) =>
        {
            int mtu = 64 + (mtus.Get % 100 * 32);
            int payload = mtu - 32;
            int length = messageLength.Get * 13;
            int expected = 0;
            int rest = length;
            do
            {
                int frame = Math.Min(rest, payload) + 32;
                expected += (frame + 31) / 32 * 32;
                rest -= Math.Min(rest, payload);
            }
            while (rest > 0);
            Assert.Equal(expected, LogBufferDescriptor.RequiredLength(length, payload));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Should_Know_What_Lengths_Are_Possible()
    {
        Assert.Equal([65536L, 1L << 20, 1L << 30], ((long[])[32768, 65535, 65536, 65537, 1L << 20, 1L << 30, 1L << 31, -65536, 0]).Where(LogBufferDescriptor.IsTermLength));
        Assert.Equal([64L, 1408, 65504], ((long[])[0, 32, 33, 64, 1408, 65504, 65505, 65536]).Where(LogBufferDescriptor.IsMtu));
        Assert.Equal([4096L, 1L << 30], ((long[])[0, 2048, 4096, 5000, 1L << 30, 1L << 31]).Where(LogBufferDescriptor.IsPageSize));
        Assert.Equal(
            (8192, 16 << 20, 16 << 20),
            (LogBufferDescriptor.MaxMessageLength(65536), LogBufferDescriptor.MaxMessageLength(128 << 20), LogBufferDescriptor.MaxMessageLength(1 << 30)));
        Assert.Equal(((3L << 30) + (2 << 20), (3L * 65536) + 4096), (LogBufferDescriptor.FileLength(1 << 30, 2 << 20), LogBufferDescriptor.FileLength(65536, 4096)));
    }
}
