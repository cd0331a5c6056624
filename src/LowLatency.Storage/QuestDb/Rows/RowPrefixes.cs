using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.QuestDb.Rows;

/// <summary>How the rows of a table begin, by the instrument's id: table and symbol, escaped once.</summary>
/// <param name="table">The table.</param>
/// <param name="names">The names.</param>
internal sealed class RowPrefixes(string table, RecordNames names)
{
    private readonly byte[] _table = IlpName.EscapedTable(table);
    private byte[]?[] _byId = new byte[]?[64];

    /// <summary>The beginning of an instrument's rows.</summary>
    public byte[] Of(uint instrument) => instrument < (uint)_byId.Length && _byId[instrument] is { } known ? known : Make(instrument);

    private byte[] Make(uint instrument)
    {
        // An id that has no name yet is not kept: it may get one.
        if (names.SymbolOf(instrument) is not { } symbol) return [.. _table, .. IlpColumns.Symbol("symbol", $"#{instrument}")];
        if (instrument >= (uint)_byId.Length) Array.Resize(ref _byId, (int)Math.Max(instrument + 1, Math.Min(_byId.Length * 2L, Array.MaxLength)));
        return _byId[instrument] = [.. _table, .. IlpColumns.Symbol("symbol", symbol)];
    }
}
