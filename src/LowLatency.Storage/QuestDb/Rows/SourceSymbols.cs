namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>The symbol "source" of rows, by the source's id; "#7" for one without a name.</summary>
internal sealed class SourceSymbols(RecordNames names)
{
    private readonly byte[]?[] _byId = new byte[]?[256];

    public byte[] Of(byte source) => _byId[source] ?? Make(source);

    private byte[] Make(byte source) =>
        names.SourceOf(source) is { } name ? _byId[source] = IlpColumns.Symbol("source", name) : IlpColumns.Symbol("source", $"#{source}");
}
