using LowLatency.Core.Rings;

namespace LowLatency.Core.Tests.Rings;

/// <summary>Where sequences, or what is made of them, reach the end of a type.</summary>
public static class RingPlaces
{
    /// <summary>As the documentation of the ring says.</summary>
    public const long LastSequence = long.MaxValue - int.MaxValue;

    /// <summary>Modes, capacities, and a first sequence before such a place.</summary>
    public static TheoryData<ProducerMode, int, long> All
    {
        get
        {
            var places = new TheoryData<ProducerMode, int, long>();
            foreach (ProducerMode mode in Enum.GetValues<ProducerMode>())
            {
                foreach (int capacity in (int[])[2, 8, 512])
                {
                    foreach (long edge in (long[])[int.MaxValue, uint.MaxValue, 1L << 33, 1L << 40, LastSequence - (3 * capacity)])
                        places.Add(mode, capacity, edge - capacity + 1);
                }
            }

            return places;
        }
    }
}
