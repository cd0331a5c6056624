using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>What a server can do, as far as it matters here.</summary>
/// <param name="Protocol">The highest line protocol that it and this writer know.</param>
/// <param name="HasNanoseconds">Whether columns can be TIMESTAMP_NS; else times lose what is below a microsecond.</param>
/// <param name="HasTtl">Whether tables can have a TTL; else the writer drops old partitions.</param>
/// <param name="HasParquet">Whether partitions that became Parquet still take rows: from 9.0 on, as the protocol versions in its settings tell.</param>
public sealed record ServerCapabilities(IlpVersion Protocol, bool HasNanoseconds, bool HasTtl, bool HasParquet);
