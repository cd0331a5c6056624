using System.Runtime.CompilerServices;
using LowLatency.Core.Memory;

namespace LowLatency.Core.Counters;

/// <summary>
/// Handle of one counter. The methods whose name says nothing else are for a counter that one thread writes: a load, an addition and a store that
/// releases, no lock prefix; those with Atomic are for several. A counter is written by the ones or by the others, not by both.
/// </summary>
/// <remarks>After <see cref="CounterTable.Free"/> the handle must not be used: the counter may become another's.</remarks>
public readonly struct Counter
{
    private readonly MappedWord _value;

    internal Counter(int id, long registrationId, MappedWord value)
    {
        Id = id;
        RegistrationId = registrationId;
        _value = value;
    }

    /// <summary>Its place in the table.</summary>
    public int Id { get; }

    /// <summary>Its number among all that the table has ever allocated, from 1.</summary>
    public long RegistrationId { get; }

    /// <summary>The value, for any thread.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _value.GetVolatile();
    }

    /// <summary>Adds 1; one writer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Increment() => _value.SetOrdered(_value.Get() + 1);

    /// <summary>Adds; one writer.</summary>
    /// <param name="delta">What is added.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long delta) => _value.SetOrdered(_value.Get() + delta);

    /// <summary>Sets, behind everything the thread has written before; one writer.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long value) => _value.SetOrdered(value);

    /// <summary>Sets, in no order to other stores; one writer.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetPlain(long value) => _value.Set(value);

    /// <summary>Sets if the value is greater than what is there; one writer.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetMax(long value)
    {
        if (value > _value.Get()) _value.SetOrdered(value);
    }

    /// <summary>Adds 1; any number of writers.</summary>
    public void IncrementAtomic() => _value.GetAndAdd(1);

    /// <summary>Adds; any number of writers.</summary>
    /// <param name="delta">What is added.</param>
    public void AddAtomic(long delta) => _value.GetAndAdd(delta);
}
