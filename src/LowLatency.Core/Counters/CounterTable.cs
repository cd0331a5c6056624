using System.Text;
using LowLatency.Core.Clocks;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Counters;

/// <summary>
/// The writer's side of counters: allocates and frees them. One process has one for its memory; any thread may call it, it locks. Values are written
/// through the <see cref="Counter"/>s, without it.
/// </summary>
public sealed class CounterTable
{
    /// <summary>How long a freed counter is not allocated again, in milliseconds, when nothing else is said: readers notice that it is gone.</summary>
    public const long DefaultReuseDelayMs = 1000;

    private readonly Lock _lock = new();
    private readonly MemoryView _metadata;
    private readonly MemoryView _values;
    private readonly IClock _clock;
    private readonly long _reuseDelayMs;
    private readonly List<int> _free = [];
    private int _used;
    private long _registrations;

    /// <summary>Makes the table of memory that is zeroed.</summary>
    /// <param name="metadata">Room for the metadata records: four times the length of the values.</param>
    /// <param name="values">Room for the value records.</param>
    /// <param name="clock">The time.</param>
    /// <param name="reuseDelayMs">How long a freed counter is not allocated again, in milliseconds, at least 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit each other, or have no room for one counter.</exception>
    public CounterTable(MemoryView metadata, MemoryView values, IClock clock, long reuseDelayMs = DefaultReuseDelayMs)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegative(reuseDelayMs);
        Capacity = CountersReader.CapacityOf(metadata, values);
        _metadata = metadata;
        _values = values;
        _clock = clock;
        _reuseDelayMs = reuseDelayMs;
    }

    /// <summary>How many counters there can be at once.</summary>
    public int Capacity { get; }

    /// <summary>Allocates a counter; its value is 0.</summary>
    /// <param name="typeId">What kind it is, at least <see cref="CountersLayout.FirstOwnTypeId"/>.</param>
    /// <param name="label">What people read; of more than 380 bytes in UTF-8 the rest is cut off, between characters.</param>
    /// <param name="key">What programs read, at most 112 bytes; what they mean is the type's business.</param>
    /// <param name="ownerId">Whose it is; 0 for nobody's in particular.</param>
    /// <param name="referenceId">What it belongs to; 0 for nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type id is Aeron's.</exception>
    /// <exception cref="ArgumentException">The key is too long.</exception>
    /// <exception cref="InvalidOperationException">All counters are in use, or were freed too short a time ago.</exception>
    public Counter Allocate(int typeId, string label, ReadOnlySpan<byte> key = default, long ownerId = 0, long referenceId = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(typeId, CountersLayout.FirstOwnTypeId);
        ArgumentException.ThrowIfNullOrEmpty(label);
        return Allocate(typeId, label, key, null, ownerId, referenceId);
    }

    /// <summary>Allocates a counter of any type under a registration id that the caller gives: for a driver, whose ids come from its clients.</summary>
    /// <param name="typeId">What kind it is.</param>
    /// <param name="label">What people read; of more than 380 bytes in UTF-8 the rest is cut off, between characters.</param>
    /// <param name="key">What programs read, at most 112 bytes.</param>
    /// <param name="registrationId">What it is registered under.</param>
    /// <param name="ownerId">Whose it is.</param>
    /// <param name="referenceId">What it belongs to; 0 for nothing.</param>
    /// <exception cref="ArgumentException">The key is too long.</exception>
    /// <exception cref="InvalidOperationException">All counters are in use, or were freed too short a time ago.</exception>
    public Counter AllocateRegistered(int typeId, string label, ReadOnlySpan<byte> key, long registrationId, long ownerId, long referenceId) =>
        Allocate(typeId, label, key, registrationId, ownerId, referenceId);

    /// <summary>Frees a counter. Its value stays until another is allocated in its place.</summary>
    /// <param name="counter">The counter; nobody writes it from now on.</param>
    /// <exception cref="InvalidOperationException">It is not a counter of this table, or was freed before.</exception>
    public void Free(Counter counter)
    {
        lock (_lock)
        {
            if (!IsAllocated(counter)) throw new InvalidOperationException($"The counter {counter.Id} (registration {counter.RegistrationId}) is not allocated in this table; a counter is freed once.");
            long metadata = MetadataOf(counter.Id);
            _metadata.PutInt32Ordered(metadata + CountersLayout.StateOffset, CountersLayout.Reclaimed);
            // The state before the key: who reads an emptied key sees that the counter is gone.
            Volatile.WriteBarrier();
            _metadata.Clear(metadata + CountersLayout.KeyOffset, CountersLayout.MaxKeyBytes);
            _metadata.PutInt64Ordered(metadata + CountersLayout.ReuseFromMsOffset, NowMs() + _reuseDelayMs);
            _free.Add(counter.Id);
        }
    }

    private Counter Allocate(int typeId, string label, ReadOnlySpan<byte> key, long? givenId, long ownerId, long referenceId)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (key.Length > CountersLayout.MaxKeyBytes) throw new ArgumentException($"A key has at most {CountersLayout.MaxKeyBytes} bytes, not {key.Length}.", nameof(key));
        Span<byte> text = stackalloc byte[CountersLayout.MaxLabelBytes];
        // Stops before the first character that does not fit whole.
        Encoding.UTF8.GetEncoder().Convert(label, text, flush: true, out _, out int length, out _);
        lock (_lock)
        {
            int id = NextId(label);
            long registrationId = givenId ?? ++_registrations;
            long value = ValueOf(id);
            long metadata = MetadataOf(id);
            // First the registration id: a reader that sees anything of the new counter then sees that it is another than the one before.
            _values.PutInt64Ordered(value + CountersLayout.RegistrationIdOffset, registrationId);
            Volatile.WriteBarrier();
            _values.PutInt64(value + CountersLayout.OwnerIdOffset, ownerId);
            _values.PutInt64(value + CountersLayout.ReferenceIdOffset, referenceId);
            _values.PutInt64(value + CountersLayout.ValueOffset, 0);
            _metadata.PutInt32(metadata + CountersLayout.TypeIdOffset, typeId);
            _metadata.PutInt64(metadata + CountersLayout.ReuseFromMsOffset, long.MaxValue);
            _metadata.PutBytes(metadata + CountersLayout.KeyOffset, key);
            _metadata.PutBytes(metadata + CountersLayout.LabelOffset, text[..length]);
            _metadata.PutInt32Ordered(metadata + CountersLayout.LabelLengthOffset, length);
            // Release: everything above is there before the counter is.
            _metadata.PutInt32Ordered(metadata + CountersLayout.StateOffset, CountersLayout.Allocated);
            return new Counter(id, registrationId, _values.WordAt(value + CountersLayout.ValueOffset));
        }
    }

    private static long MetadataOf(int id) => (long)id * CountersLayout.MetadataBytes;

    private static long ValueOf(int id) => (long)id * CountersLayout.ValueBytes;

    private bool IsAllocated(Counter counter) =>
        (uint)counter.Id < (uint)_used
        && _metadata.GetInt32(MetadataOf(counter.Id) + CountersLayout.StateOffset) == CountersLayout.Allocated
        && _values.GetInt64(ValueOf(counter.Id) + CountersLayout.RegistrationIdOffset) == counter.RegistrationId;

    private int NextId(string label)
    {
        long nowMs = NowMs();
        for (int i = 0; i < _free.Count; i++)
        {
            int id = _free[i];
            if (nowMs < _metadata.GetInt64(MetadataOf(id) + CountersLayout.ReuseFromMsOffset)) continue;
            _free.RemoveAt(i);
            return id;
        }

        if (_used < Capacity) return _used++;
        throw new InvalidOperationException($"There is no room for the counter '{label}': all {Capacity} counters are in use, {_free.Count} of them freed less than {_reuseDelayMs} ms ago; make the table larger.");
    }

    private long NowMs() => _clock.EpochNs() / 1_000_000;
}
