using System.Runtime.InteropServices;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Memory;

public sealed class HugeBlockTests
{
    [Fact]
    [Trait("Category", "Long")]
    public void Should_Hold_More_Bytes_Than_An_Int_Counts()
    {
        Assert.SkipWhen(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes < 6L << 30, "A block of 2 GiB wants a machine with 6.");
        var memory = new AlignedMemory<Line>((1 << 25) + 1);
        memory[1 << 25].Word = 7;
        Assert.Equal(7, memory.Slice(1 << 25, 1)[0].Word);
        Assert.Equal(0, memory[0].Word);
    }

    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Line
    {
        public long Word;
    }
}
