namespace LowLatency.Storage.QuestDb.Protocol;

/// <summary>Versions of the line protocol. The values are those that a server names in <c>GET /settings</c>.</summary>
public enum IlpVersion
{
    /// <summary>Everything is text. Every server takes it.</summary>
    V1 = 1,

    /// <summary>Doubles are eight bytes, little-endian; the rest is text. Servers from 9.0 on.</summary>
    V2 = 2,

    /// <summary>Whole numbers and booleans are binary too, and there are decimals. Servers that name version 3 (9.3.6 was looked at).</summary>
    V3 = 3,
}
