using LowLatency.Core.Agents;

namespace LowLatency.Engine.Replay;

/// <summary>A replay's summary, and what was wrong with its input.</summary>
/// <param name="Summary">What was done.</param>
/// <param name="Problems">The first problems of rows, in the order of the input: file, line, what is wrong.</param>
/// <param name="FileProblems">Files that could not be read, or not to their end; and a symbol that was asked for and that none of them has.</param>
/// <param name="Refusals">What the system refused of the threads' placement; the replay ran without it.</param>
/// <param name="UnusableRows">How many rows were unusable in all: malformed, or with an impossible price, size or time.</param>
public sealed record ReplayResult(ReplaySummary Summary, IReadOnlyList<string> Problems, IReadOnlyList<string> FileProblems, IReadOnlyList<PlacementRefusal> Refusals, long UnusableRows);
