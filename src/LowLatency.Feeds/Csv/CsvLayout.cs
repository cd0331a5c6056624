using System.Text;

namespace LowLatency.Feeds.Csv;

/// <summary>Which column of a file is which, from its header line.</summary>
internal sealed class CsvLayout
{
    /// <summary>What a header looks like, for messages.</summary>
    public const string Example = "ts_ns,symbol,type,price,size,bid,bid_size,ask,ask_size,exchange,flags";

    private const int MaxColumns = 256;

    private static readonly (string Name, CsvColumn Column)[] Names =
    [
        ("ts_ns", CsvColumn.EventNs), ("event_ns", CsvColumn.EventNs), ("recv_ns", CsvColumn.ReceiveNs), ("symbol", CsvColumn.Symbol),
        ("type", CsvColumn.Kind), ("kind", CsvColumn.Kind), ("price", CsvColumn.Price), ("size", CsvColumn.Size), ("bid", CsvColumn.Bid),
        ("bid_size", CsvColumn.BidSize), ("ask", CsvColumn.Ask), ("ask_size", CsvColumn.AskSize), ("exchange", CsvColumn.Exchange),
        ("flags", CsvColumn.Flags), ("trade_id", CsvColumn.TradeId), ("aggressor", CsvColumn.Aggressor), ("seq", CsvColumn.Sequence), ("ref_id", CsvColumn.ReferenceId),
    ];

    private readonly int[] _indices = new int[(int)CsvColumn.ReferenceId + 1];

    private CsvLayout(string[] header)
    {
        Header = header;
        Array.Fill(_indices, -1);
    }

    /// <summary>The columns' names, in the file's order.</summary>
    public string[] Header { get; }

    /// <summary>Where a column is, from 0; -1 when the file has none.</summary>
    /// <param name="column">The column.</param>
    public int this[CsvColumn column] => _indices[(int)column];

    /// <summary>Reads a header line.</summary>
    /// <param name="line">The line without its end.</param>
    /// <param name="symbol">The symbol that the settings name; empty when none.</param>
    /// <param name="layout">What was found.</param>
    /// <param name="problem">What is wrong, and what was expected.</param>
    /// <returns>False when the file cannot be read with this header.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, string symbol, out CsvLayout? layout, out string problem)
    {
        layout = null;
        if (line.StartsWith("\uFEFF"u8)) line = line[3..];
        string text = Encoding.UTF8.GetString(line);
        string[] header = text.Split(',');
        if (header.Length > MaxColumns)
        {
            problem = $"the first line has {header.Length} columns, more than {MaxColumns}: expected a header such as {Example}";
            return false;
        }

        var read = new CsvLayout(header);
        problem = read.Fill() ?? read.Missing(symbol) ?? "";
        if (problem.Length > 0)
        {
            problem += $"; the first line is \"{(text.Length > 80 ? text[..80] : text)}\", expected a header such as {Example}";
            return false;
        }

        layout = read;
        return true;
    }

    private string? Fill()
    {
        for (int i = 0; i < Header.Length; i++)
        {
            string name = Header[i].Trim();
            Header[i] = name;
            foreach ((string known, CsvColumn column) in Names)
            {
                if (name != known) continue;
                int before = _indices[(int)column];
                if (before >= 0) return $"the columns {Header[before]} and {name} mean the same";
                _indices[(int)column] = i;
            }
        }

        return null;
    }

    private string? Missing(string symbol)
    {
        if (this[CsvColumn.EventNs] < 0) return "the column ts_ns (or event_ns) is missing";
        bool trades = this[CsvColumn.Price] >= 0 && this[CsvColumn.Size] >= 0;
        bool quotes = this[CsvColumn.Bid] >= 0 && this[CsvColumn.Ask] >= 0;
        if (this[CsvColumn.Kind] < 0 && !trades) return "there is no column type (or kind), so that all rows are trades, but price and size are not both there";
        if (!trades && !quotes) return "neither price and size nor bid and ask are there";
        if (this[CsvColumn.Symbol] < 0 && symbol.Length == 0) return "the column symbol is missing: name the symbol with --symbol";
        return null;
    }
}
