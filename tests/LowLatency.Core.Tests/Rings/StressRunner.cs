using LowLatency.Core.Agents;

namespace LowLatency.Core.Tests.Rings;

/// <summary>A handler's thread, whatever its types, and what it passed over.</summary>
internal sealed record StressRunner(AgentRunner Thread, Func<(long Failures, long Events)> Skips);
