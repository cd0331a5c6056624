using System.Globalization;
using System.IO.Compression;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Tests.Replay;

/// <summary>
/// Reads a tick file with the framework's own parsing and makes the bars of every symbol and interval by the plain rules. A price or size that
/// cannot be, and a trade id seen before, leave a trade out; quotes are passed over, so that aggressors which they would tell must be told.
/// </summary>
internal sealed class NaiveReplay
{
    private readonly BarSpec[] _specs;
    private readonly Dictionary<string, NaiveSymbol> _symbols = [];
    private long _clockNs = long.MinValue;

    public NaiveReplay(string path, params string[] intervals)
    {
        _specs = [.. intervals.Select(i => BarSpec.TryParse(i, out BarSpec? spec) ? spec! : throw new ArgumentException(i, nameof(intervals)))];
        using Stream file = File.OpenRead(path);
        using Stream bytes = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(bytes);
        string[] header = reader.ReadLine()!.Split(',');
        long row = 0;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            string[] cells = line.Split(',');
            OnRow(row++, name => Array.IndexOf(header, name) is var at && at >= 0 && at < cells.Length ? cells[at] : string.Empty);
        }

        foreach (NaiveSymbol symbol in _symbols.Values)
        {
            foreach (NaiveBars bars in symbol.Bars) bars.End();
        }

        Rows = row;
    }

    public long Rows { get; }

    public long Trades { get; private set; }

    public IEnumerable<string> Symbols => _symbols.Keys;

    public long TooLate => _symbols.Values.Sum(s => s.Bars.Sum(b => b.TooLate));

    public IReadOnlyList<NaiveBar> BarsOf(string symbol, string interval) => _symbols[symbol].Bars[Array.FindIndex(_specs, s => s.Name == interval)].Emitted;

    private static string Flag(string flags, string name) => flags.Split(';').FirstOrDefault(f => f.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? string.Empty;

    private static bool TryNumber(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private void OnRow(long row, Func<string, string> cell)
    {
        string kind = cell("type");
        if (!long.TryParse(cell("ts_ns"), NumberStyles.None, CultureInfo.InvariantCulture, out long eventNs) || eventNs == 0) return;
        if (kind == "K") OnClock(row, eventNs);
        if (kind != "T" || !TryNumber(cell("price"), out double price) || !TryNumber(cell("size"), out double size) || price <= 0 || size < 0) return;
        string name = cell("symbol");
        if (!_symbols.TryGetValue(name, out NaiveSymbol? symbol))
        {
            _symbols[name] = symbol = new NaiveSymbol([.. _specs.Select(s => new NaiveBars(s.IntervalNs))]);
            foreach (NaiveBars bars in symbol.Bars) bars.OnClock(row, _clockNs);
        }

        string id = cell("trade_id") is { Length: > 0 } column ? column : Flag(cell("flags"), "t");
        if (id is not ("" or "0") && !symbol.Ids.Add(id)) return;
        string told = cell("aggressor") is { Length: > 0 } aggressor ? aggressor : Flag(cell("flags"), "m") switch { "1" => "-1", "0" => "1", _ => "0" };
        foreach (NaiveTrade trade in symbol.Take(new NaiveTrade(eventNs, price, size, int.Parse(told, CultureInfo.InvariantCulture))))
        {
            Trades++;
            foreach (NaiveBars bars in symbol.Bars) bars.OnTrade(row, trade);
        }
    }

    private void OnClock(long row, long eventNs)
    {
        _clockNs = Math.Max(_clockNs, eventNs);
        foreach (NaiveSymbol symbol in _symbols.Values)
        {
            foreach (NaiveBars bars in symbol.Bars) bars.OnClock(row, _clockNs);
        }
    }
}
