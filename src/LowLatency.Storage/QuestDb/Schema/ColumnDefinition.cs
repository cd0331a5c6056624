namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>A column as a table is meant to have it, or as the server has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type, as SQL writes it.</param>
/// <param name="IsKey">Whether it is one of the deduplication keys.</param>
public sealed record ColumnDefinition(string Name, string Type, bool IsKey);
