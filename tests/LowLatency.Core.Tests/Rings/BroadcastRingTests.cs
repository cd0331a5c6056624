using LowLatency.Core.Agents;
using LowLatency.Core.Rings;
using LowLatency.Core.Tests.Agents;

namespace LowLatency.Core.Tests.Rings;

public sealed class BroadcastRingTests
{
    private readonly BroadcastRing _ring = new(4096, TestRecord.CellsByType);

    [Theory]
    [InlineData(2048)]
    [InlineData(4095)]
    [InlineData(6000)]
    [InlineData(int.MinValue)]
    public void Should_Refuse_A_Capacity_Out_Of_Range(int capacityBytes) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(capacityBytes), () => new BroadcastRing(capacityBytes, TestRecord.CellsByType));

    [Fact]
    public void Should_Refuse_A_Table_That_Gives_Padding_A_Length()
    {
        byte[] cells = TestRecord.CellsByType.ToArray();
        cells[0] = 1;
        Assert.Throws<ArgumentException>("cellsByType", () => new BroadcastRing(4096, cells));
        Assert.Throws<ArgumentException>("cellsByType", () => new BroadcastRing(4096, cells.AsSpan(0, 255)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-64)]
    [InlineData(65)]
    [InlineData(1088)]
    [InlineData(int.MinValue)]
    public void Should_Refuse_A_Length_That_Is_No_Record(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(length), () => _ring.Claim(length).Length);

    [Fact]
    public void Should_Show_Nothing_Before_The_Commit()
    {
        BroadcastReader reader = _ring.AddReader();
        TestRecord.Write(_ring.Claim(64), 1);
        Assert.False(reader.HasRecords());
        Assert.Equal(0, reader.Read(new byte[256]));
        _ring.Commit();
        Assert.True(reader.HasRecords());
        Assert.Equal(64, reader.Read(new byte[256]));
    }

    [Fact]
    public void Should_Let_A_New_Reader_Begin_Behind_The_Newest_Record()
    {
        Publish(64, 1);
        BroadcastReader reader = _ring.AddReader();
        Assert.False(reader.HasRecords());
        Publish(128, 2);
        byte[] room = new byte[256];
        ReadOnlySpan<byte> records = room.AsSpan(0, reader.Read(room));
        Assert.Equal(2, TestRecord.Read(ref records));
        Assert.True(records.IsEmpty);
    }

    [Fact]
    public void Should_Give_Whole_Records_Only_When_There_Is_More_Than_The_Room()
    {
        BroadcastReader reader = _ring.AddReader();
        foreach (int length in (int[])[64, 128, 128]) Publish(length, length);
        byte[] room = new byte[255];
        Assert.Equal(192, reader.Read(room));
        Assert.Equal(128, reader.Read(room));
        Assert.Equal(0, reader.Read(room));
    }

    [Fact]
    public void Should_Say_So_When_The_Next_Record_Does_Not_Fit()
    {
        BroadcastReader reader = _ring.AddReader();
        Publish(128, 1);
        Assert.Throws<ArgumentException>("destination", () => reader.Read(new byte[127]));
        Assert.Throws<ArgumentException>("destination", () => reader.Read([]));
        Assert.Equal(128, reader.Read(new byte[128]));
    }

    [Fact]
    public void Should_Step_Over_The_Padding_At_The_End()
    {
        BroadcastReader reader = _ring.AddReader();
        byte[] room = new byte[4096];
        for (int i = 0; i < 63; i++) Publish(64, i);
        Assert.Equal(63 * 64, reader.Read(room));
        // One cell is left, the record needs two.
        Publish(128, 63);
        Assert.Equal(4096 + 128, _ring.Position);
        ReadOnlySpan<byte> records = room.AsSpan(0, reader.Read(room));
        Assert.Equal(63, TestRecord.Read(ref records));
        Assert.Equal(0, reader.Laps);
    }

    [Fact]
    public void Should_Tell_A_Reader_That_It_Was_Lapped()
    {
        BroadcastReader reader = _ring.AddReader();
        for (int i = 0; i < 65; i++) Publish(64, i);
        byte[] room = new byte[4096];
        Assert.Equal(0, reader.Read(room));
        Assert.Equal((1, 65 * 64), (reader.Laps, reader.LostBytes));
        Publish(64, 65);
        ReadOnlySpan<byte> records = room.AsSpan(0, reader.Read(room));
        Assert.Equal(65, TestRecord.Read(ref records));
    }

    [Fact]
    public void Should_Count_As_Lapped_What_A_Claim_Is_About_To_Overwrite()
    {
        BroadcastReader reader = _ring.AddReader();
        for (int i = 0; i < 64; i++) Publish(64, i);
        _ring.Claim(64);
        Assert.Equal(0, reader.Read(new byte[64]));
        Assert.Equal(1, reader.Laps);
    }

    [Fact]
    public void Should_Wait_For_A_Gating_Reader()
    {
        BroadcastReader reader = _ring.AddGatingReader();
        for (int i = 0; i < 64; i++) Publish(64, i);
        Assert.True(_ring.Claim(64).IsEmpty);
        Assert.Equal(128, reader.Read(new byte[128]));
        Publish(128, 64);
        Assert.True(_ring.Claim(64).IsEmpty);
    }

    [Fact]
    public void Should_Refuse_A_Gating_Reader_After_The_First_Record()
    {
        _ring.Claim(64);
        Assert.Throws<InvalidOperationException>(() => _ring.AddGatingReader());
    }

    [Fact]
    public void Should_Wake_Only_Those_Who_Have_Not_Left()
    {
        var (staying, leaving) = (new Parker(), new Parker());
        _ring.AddReader(staying);
        _ring.AddReader(staying);
        _ring.AddReader(leaving);
        _ring.RemoveParker(leaving);
        _ring.RemoveParker(new Parker());
        Thread stayingThread = Sleep(staying);
        Thread leavingThread = Sleep(leaving);
        Publish(64, 1);
        Assert.True(stayingThread.Join(TimeSpan.FromSeconds(60)));
        Assert.True(leavingThread.IsAlive);
        leaving.Unpark();
        Assert.True(leavingThread.Join(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Should_Stop_At_A_Type_That_Its_Table_Does_Not_Know()
    {
        BroadcastReader reader = _ring.AddReader();
        Span<byte> record = _ring.Claim(64);
        record[0] = 77;
#if DEBUG
        Assert.Throws<InvalidOperationException>(_ring.Commit);
        Assert.False(reader.HasRecords());
#else
        _ring.Commit();
        Assert.Throws<InvalidOperationException>(() => reader.Read(new byte[128]));
#endif
    }

    private static Thread Sleep(Parker parker)
    {
        var thread = new Thread(() => parker.Park([new ScriptedAgent("sleeper", [])], 600_000)) { IsBackground = true };
        thread.Start();
        Assert.True(SpinWait.SpinUntil(() => parker.IsAsleep, TimeSpan.FromSeconds(60)));
        return thread;
    }

    private void Publish(int length, long number)
    {
        TestRecord.Write(_ring.Claim(length), number);
        _ring.Commit();
    }
}
