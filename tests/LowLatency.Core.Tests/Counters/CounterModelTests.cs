using FsCheck;
using FsCheck.Fluent;
using LowLatency.Core.Clocks;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Tests.Counters;

/// <summary>A table against a list that does the same in the simplest way.</summary>
public sealed class CounterModelTests
{
    private const int Capacity = 5;
    private const long ReuseDelayMs = 10;

    private static readonly Arbitrary<int[]> Steps = Arb.From(Gen.Choose(0, 1 << 24).ArrayOf(200), ArbMap.Default.ArbFor<int[]>().Shrinker);

    [Fact]
    public void Should_Hold_What_A_List_Holds() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true), Prop.ForAll(Steps, Run));

    private static void Run(int[] steps)
    {
        var clock = new ManualClock(0);
        MemoryView metadata = MemoryView.Allocate(Capacity * CountersLayout.MetadataBytes);
        MemoryView values = MemoryView.Allocate(Capacity * CountersLayout.ValueBytes);
        var table = new CounterTable(metadata, values, clock, ReuseDelayMs);
        var reader = new CountersReader(metadata, values);
        var live = new List<(Counter Counter, string Label, int Type, long Value)>();
        var freedAtMs = new Dictionary<int, long>();
        int made = 0;
        foreach (int step in steps)
        {
            int amount = Math.Abs(step >> 3);
            long nowMs = clock.EpochNs() / 1_000_000;
            switch (Math.Abs(step % 5))
            {
                case 0 or 1:
                    bool room = live.Count + freedAtMs.Count < Capacity || freedAtMs.Values.Any(at => nowMs >= at + ReuseDelayMs);
                    string label = $"counter {made} {new string('.', amount % 60)}";
                    if (!room)
                    {
                        Assert.Throws<InvalidOperationException>(() => table.Allocate(1000, label));
                        break;
                    }

                    Counter counter = table.Allocate(1000 + (amount % 7), label);
                    Assert.Equal(++made, counter.RegistrationId);
                    Assert.DoesNotContain(live, l => l.Counter.Id == counter.Id);
                    if (freedAtMs.Remove(counter.Id, out long at)) Assert.True(nowMs >= at + ReuseDelayMs);
                    live.Add((counter, label, 1000 + (amount % 7), 0));
                    break;
                case 2 when live.Count > 0:
                    Counter gone = live[amount % live.Count].Counter;
                    table.Free(gone);
                    freedAtMs.Add(gone.Id, nowMs);
                    live.RemoveAt(amount % live.Count);
                    break;
                case 3 when live.Count > 0:
                    int which = amount % live.Count;
                    live[which].Counter.Add(amount);
                    live[which] = live[which] with { Value = live[which].Value + amount };
                    break;
                default:
                    clock.Advance(amount % 8 * 1_000_000L);
                    break;
            }

            Assert.Equal(
                live.OrderBy(l => l.Counter.Id).Select(l => (l.Counter.Id, l.Label, l.Type, l.Value)),
                reader.ReadAll().Select(c => (c.Id, c.Label, c.TypeId, c.Value)));
        }
    }
}
