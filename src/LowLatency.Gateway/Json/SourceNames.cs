using System.Text.Json;
using LowLatency.Market.Instruments;

namespace LowLatency.Gateway.Json;

/// <summary>The sources' names as JSON strings, made when a source is first seen.</summary>
/// <param name="sources">The sources.</param>
internal sealed class SourceNames(SourceTable sources)
{
    private readonly byte[]?[] _names = new byte[256][];

    /// <summary>The quoted name; empty for the source that nobody named and for ids that the table does not know.</summary>
    /// <param name="source">The source's id.</param>
    public ReadOnlySpan<byte> this[byte source] => _names[source] ?? Find(source);

    private byte[] Find(byte source)
    {
        if (source == SourceTable.UnknownId || source >= sources.Count) return [];
        return _names[source] = JsonSerializer.SerializeToUtf8Bytes(sources.Name(source), JsonStrings.Options);
    }
}
