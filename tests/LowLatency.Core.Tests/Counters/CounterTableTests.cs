using System.Text;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;
using LowLatency.Tests;

namespace LowLatency.Core.Tests.Counters;

public sealed class CounterTableTests
{
    private readonly ManualClock _clock = new(1_000_000_000);
    private readonly CounterTable _table;
    private readonly CountersReader _reader;

    public CounterTableTests()
    {
        MemoryView metadata = MemoryView.Allocate(512 * 3);
        MemoryView values = MemoryView.Allocate(128 * 3);
        _table = new CounterTable(metadata, values, _clock);
        _reader = new CountersReader(metadata, values);
    }

    [Fact]
    public void Should_Count_In_Every_Way()
    {
        Counter counter = _table.Allocate(1000, "a");
        counter.Increment();
        counter.Add(10);
        counter.IncrementAtomic();
        counter.AddAtomic(-2);
        Assert.Equal(10, counter.Value);
        counter.SetMax(9);
        Assert.Equal(10, counter.Value);
        counter.SetMax(11);
        Assert.Equal(11, counter.Value);
        counter.Set(3);
        counter.SetPlain(counter.Value + 1);
        Assert.Equal(4, counter.Value);
        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                counter.Increment();
                counter.SetMax(i);
                counter.IncrementAtomic();
            }
        }));
    }

    [Fact]
    public void Should_Take_Any_Type_And_Registration_Id_From_A_Driver()
    {
        Counter counter = _table.AllocateRegistered(4, "sub-pos", [1, 2], -77, 5, 6);
        Assert.Equal(-77, counter.RegistrationId);
        CounterSnapshot read = Assert.Single(_reader.ReadAll());
        Assert.Equal((4, "sub-pos", -77L, 5L, 6L), (read.TypeId, read.Label, read.RegistrationId, read.OwnerId, read.ReferenceId));
        Assert.Equal(1, _table.Allocate(1000, "own").RegistrationId);
        _table.Free(counter);
        Assert.Throws<InvalidOperationException>(() => _table.Free(counter));
        Assert.Throws<ArgumentException>(() => _table.AllocateRegistered(4, "a", new byte[113], 1, 0, 0));
    }

    [Fact]
    public void Should_Not_Reuse_A_Freed_Counter_Before_Its_Time()
    {
        Counter freed = _table.Allocate(1000, "a");
        _table.Allocate(1000, "b");
        freed.Set(5);
        _table.Free(freed);
        Assert.Equal(["b"], _reader.ReadAll().Select(c => c.Label));
        _clock.Advance(999_000_000);
        Assert.Equal(2, _table.Allocate(1000, "c").Id);
        _clock.Advance(1_000_000);
        Counter reused = _table.Allocate(1001, "d");
        Assert.Equal((0, 0L, 4L), (reused.Id, reused.Value, reused.RegistrationId));
        Assert.Equal(["d", "b", "c"], _reader.ReadAll().Select(c => c.Label));
    }

    [Fact]
    public void Should_Say_That_The_Table_Is_Full()
    {
        Counter first = _table.Allocate(1000, "a");
        _table.Allocate(1000, "b");
        _table.Allocate(1000, "c");
        _table.Free(first);
        InvalidOperationException full = Assert.Throws<InvalidOperationException>(() => _table.Allocate(1000, "the fourth"));
        Assert.Contains("'the fourth': all 3 counters are in use, 1 of them freed", full.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Free_A_Counter_Once_And_Only_Its_Own()
    {
        Counter counter = _table.Allocate(1000, "a");
        _table.Free(counter);
        Assert.Throws<InvalidOperationException>(() => _table.Free(counter));
        _clock.Advance(1_000_000_000);
        Assert.Equal(counter.Id, _table.Allocate(1000, "b").Id);
        Assert.Throws<InvalidOperationException>(() => _table.Free(counter));
        Assert.Throws<InvalidOperationException>(() => _table.Free(default));
        Assert.Equal(["b"], _reader.ReadAll().Select(c => c.Label));
    }

    [Fact]
    public void Should_Refuse_Aerons_Types_And_Keys_That_Are_Too_Long()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _table.Allocate(999, "a"));
        Assert.Throws<ArgumentException>(() => _table.Allocate(1000, "a", new byte[113]));
        Assert.Throws<ArgumentException>(() => _table.Allocate(1000, ""));
        Assert.Empty(_reader.ReadAll());
        _table.Allocate(1000, "a", new byte[112]);
    }

    [Fact]
    public void Should_Cut_A_Long_Label_Between_Characters()
    {
        // 379 bytes, and then a character of two.
        string label = new string('x', 379) + "ä" + "behind";
        _table.Allocate(1000, label);
        string read = _reader.ReadAll()[0].Label;
        Assert.Equal(new string('x', 379), read);
        _table.Allocate(1000, new string('ä', 190));
        Assert.Equal(380, Encoding.UTF8.GetByteCount(_reader.ReadAll()[1].Label));
    }

    [Fact]
    public void Should_Refuse_Memory_That_Does_Not_Fit()
    {
        Assert.Throws<ArgumentException>(() => new CounterTable(MemoryView.Allocate(512), MemoryView.Allocate(256), _clock));
        Assert.Throws<ArgumentException>(() => new CountersReader(MemoryView.Allocate(512), MemoryView.Allocate(127)));
        Assert.Equal(1, new CountersReader(MemoryView.Allocate(512), MemoryView.Allocate(128)).Capacity);
    }

    [Fact]
    public void Should_Notice_That_A_Counter_Has_Changed_Hands_While_It_Was_Read()
    {
        Counter counter = _table.Allocate(1000, "a");
        counter.Set(1);
        bool changed = false;
        Assert.True(_reader.TryRead(0, ChangeHands, out CounterSnapshot read));
        Assert.Equal((1001, "b", 0L, 2L), (read.TypeId, read.Label, read.Value, read.RegistrationId));

        void ChangeHands()
        {
            if (changed) return;
            changed = true;
            _table.Free(counter);
            _clock.Advance(1_000_000_000);
            _table.Allocate(1001, "b");
        }
    }

    [Fact]
    public void Should_Notice_That_A_Counter_Was_Freed_While_It_Was_Read()
    {
        Counter counter = _table.Allocate(1000, "a");
        Assert.False(_reader.TryRead(0, () => _table.Free(counter), out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Should_Find_No_Counter_Out_Of_Range(int id) => Assert.False(_reader.TryRead(id, out _));
}
