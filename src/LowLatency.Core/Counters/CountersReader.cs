using System.Text;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Counters;

/// <summary>
/// The reader's side of counters, this project's or Aeron's, of this process or another: it reads while they are written, allocated and freed. It
/// makes strings, and is meant for tools and tests, not for the hot path.
/// </summary>
public sealed class CountersReader
{
    // A counter changes hands at most once in the delay before its reuse: a reader that is disturbed this often has met a broken file.
    private const int Attempts = 8;

    private readonly MemoryView _metadata;
    private readonly MemoryView _values;

    /// <summary>Makes a reader.</summary>
    /// <param name="metadata">The metadata records.</param>
    /// <param name="values">The value records.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or have no room for one counter.</exception>
    public CountersReader(MemoryView metadata, MemoryView values)
    {
        Capacity = CapacityOf(metadata, values);
        _metadata = metadata;
        _values = values;
    }

    /// <summary>How many counters there can be at once.</summary>
    public int Capacity { get; }

    /// <summary>All counters that are allocated, by id.</summary>
    public IReadOnlyList<CounterSnapshot> ReadAll()
    {
        var all = new List<CounterSnapshot>();
        // Ids are given out in order: behind the first that was never used there is none.
        for (int id = 0; id < Capacity && StateOf(id) != CountersLayout.Unused; id++)
        {
            if (TryRead(id, out CounterSnapshot counter)) all.Add(counter);
        }

        return all;
    }

    /// <summary>Reads one counter: label, type and value are of one and the same, also when it is freed and allocated meanwhile.</summary>
    /// <param name="id">Its place, from 0.</param>
    /// <param name="counter">The counter.</param>
    /// <returns>False when there is none allocated in that place.</returns>
    public bool TryRead(int id, out CounterSnapshot counter) => TryRead(id, null, out counter);

    /// <summary>Reads one counter; a test does something between the reading and the question whether it was one counter's.</summary>
    internal bool TryRead(int id, Action? meanwhile, out CounterSnapshot counter)
    {
        counter = default;
        if ((uint)id >= (uint)Capacity) return false;
        long metadata = (long)id * CountersLayout.MetadataBytes;
        long value = (long)id * CountersLayout.ValueBytes;
        Span<byte> label = stackalloc byte[CountersLayout.MaxLabelBytes];
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            // Acquire: the registration id before the state, the state before the rest. The writer writes them the other way round.
            long registrationId = _values.GetInt64Volatile(value + CountersLayout.RegistrationIdOffset);
            if (StateOf(id) != CountersLayout.Allocated) return false;
            int typeId = _metadata.GetInt32(metadata + CountersLayout.TypeIdOffset);
            int length = Math.Clamp(_metadata.GetInt32Volatile(metadata + CountersLayout.LabelLengthOffset), 0, CountersLayout.MaxLabelBytes);
            _metadata.GetBytes(metadata + CountersLayout.LabelOffset, label[..length]);
            long ownerId = _values.GetInt64(value + CountersLayout.OwnerIdOffset);
            long referenceId = _values.GetInt64(value + CountersLayout.ReferenceIdOffset);
            long number = _values.GetInt64Volatile(value + CountersLayout.ValueOffset);
            meanwhile?.Invoke();
            // All of the above is read before it is asked whether it was one counter's.
            Volatile.ReadBarrier();
            if (StateOf(id) != CountersLayout.Allocated || _values.GetInt64(value + CountersLayout.RegistrationIdOffset) != registrationId) continue;
            counter = new CounterSnapshot(id, typeId, Encoding.UTF8.GetString(label[..length]), number, registrationId, ownerId, referenceId);
            return true;
        }

        return false;
    }

    internal static int CapacityOf(MemoryView metadata, MemoryView values)
    {
        long capacity = values.Length / CountersLayout.ValueBytes;
        if (capacity is < 1 or > int.MaxValue || metadata.Length / CountersLayout.MetadataBytes < capacity)
            throw new ArgumentException($"Counters' values of {values.Length} bytes need metadata of four times that, not of {metadata.Length}, and room for one counter at least.", nameof(values));
        return (int)capacity;
    }

    private int StateOf(int id) => _metadata.GetInt32Volatile(((long)id * CountersLayout.MetadataBytes) + CountersLayout.StateOffset);
}
