namespace LowLatency.Gateway.Schema;

/// <summary>The published layout of one record type.</summary>
/// <param name="Name">As published.</param>
/// <param name="Id">The value of its first byte.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Record">The code's struct.</param>
/// <param name="Fields">Its fields, by offset.</param>
internal sealed record RecordLayout(string Name, byte Id, int Bytes, Type Record, IReadOnlyList<FieldLayout> Fields);
