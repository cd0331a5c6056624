using FsCheck;
using FsCheck.Fluent;
using LowLatency.Analytics.Normalization;

namespace LowLatency.Analytics.Tests.Normalization;

public sealed class KeyMemoryTests
{
    [Fact]
    public void Should_Remember_The_Last_Distinct_Keys_As_A_Queue_Does()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt>(),
            ArbMap.Default.ArbFor<NonNegativeInt[]>(),
            (capacity, keys) =>
            {
                int room = (capacity.Get % 20) + 1;
                var memory = new KeyMemory(1, room, instrument: room % 2 == 0 ? 0 : 64);
                var twin = new Queue<ulong>();
                // Mostly rising, sometimes back, as the ids of late trades are.
                ulong top = 0;
                foreach (NonNegativeInt step in keys)
                {
                    ulong key = step.Get % 3 == 0 ? (ulong)(step.Get % 40) + 1 : ++top;
                    bool isNew = !twin.Contains(key);
                    if (isNew)
                    {
                        twin.Enqueue(key);
                        if (twin.Count > room) twin.Dequeue();
                    }

                    if (memory.Add(key) != isNew) return false;
                }

                return true;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
