namespace LowLatency.Core.Counters;

/// <summary>One counter as it was read.</summary>
/// <param name="Id">Its place in the table.</param>
/// <param name="TypeId">What kind it is.</param>
/// <param name="Label">What people read.</param>
/// <param name="Value">Its value.</param>
/// <param name="RegistrationId">What it was registered under.</param>
/// <param name="OwnerId">Whose it is.</param>
/// <param name="ReferenceId">What it belongs to.</param>
public readonly record struct CounterSnapshot(int Id, int TypeId, string Label, long Value, long RegistrationId, long OwnerId, long ReferenceId);
