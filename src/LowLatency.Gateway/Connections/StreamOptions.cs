using LowLatency.Gateway.Json;

namespace LowLatency.Gateway.Connections;

/// <summary>What a connection asks for in its query and subprotocol.</summary>
/// <param name="Binary">Records as they are instead of JSON.</param>
/// <param name="Unit">How it wants times in JSON.</param>
internal readonly record struct StreamOptions(bool Binary, TimeUnit Unit);
