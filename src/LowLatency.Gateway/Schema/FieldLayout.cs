namespace LowLatency.Gateway.Schema;

/// <summary>A field of a published layout.</summary>
/// <param name="Name">As published.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Type">What it is.</param>
/// <param name="Member">The code's field, with the header's as Header.Type.</param>
/// <param name="Count">How many values it has; more than 1 for an array.</param>
internal sealed record FieldLayout(string Name, int Offset, FieldType Type, string Member, int Count = 1);
