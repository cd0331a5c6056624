namespace LowLatency.Market.Streams;

/// <summary>A rule whose alerts are published.</summary>
/// <param name="Id">What the alerts' records say: its place in <see cref="AlertTable.Specs"/>.</param>
/// <param name="Name">As messages and files name it.</param>
/// <param name="Rule">The rule's text.</param>
public sealed record AlertSpec(int Id, string Name, string Rule);
