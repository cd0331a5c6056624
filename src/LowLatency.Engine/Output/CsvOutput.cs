using System.Runtime.InteropServices;
using LowLatency.Core.Agents;
using LowLatency.Core.Rings;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Engine.Output;

/// <summary>Writes every published record to CSV files, a folder a symbol. It gates the ring: nothing is left out, and a slow disk slows the replay.</summary>
public sealed class CsvOutput : Agent
{
    private const int MaxOpenFiles = 512;
    private const int BufferBytes = 4 * 1024 * 1024;

    private readonly string _folder;
    private readonly bool _restates;
    private readonly PublishedStreams _streams;
    private readonly BroadcastReader _reader;
    private readonly byte[] _records = new byte[64 * 1024];
    private readonly CsvResources _resources = new(MaxOpenFiles, BufferBytes);
    private InstrumentFiles?[] _files = [];

    /// <summary>Makes one; to be called before the engine starts.</summary>
    /// <param name="folder">Where the folders are made.</param>
    /// <param name="streams">What is published.</param>
    /// <param name="parker">Where the thread of this agent sleeps.</param>
    /// <param name="restates">Whether indicators may be said again, and their files have a column for it.</param>
    public CsvOutput(string folder, PublishedStreams streams, Parker parker, bool restates = false)
    {
        ArgumentNullException.ThrowIfNull(streams);
        _folder = folder;
        _restates = restates;
        _streams = streams;
        _reader = streams.Ring.AddGatingReader(parker);
        Directory.CreateDirectory(folder);
    }

    /// <inheritdoc/>
    public override string Name => "csv";

    /// <summary>Whether everything committed so far has been written.</summary>
    public bool IsDone => !_reader.HasRecords();

    /// <inheritdoc/>
    public override bool HasWork() => _reader.HasRecords();

    /// <inheritdoc/>
    public override int DoWork()
    {
        int length = _reader.Read(_records);
        for (int at = 0; at < length;)
        {
            ReadOnlySpan<byte> rest = _records.AsSpan(at, length - at);
            ref readonly RecordHeader header = ref MemoryMarshal.AsRef<RecordHeader>(rest);
            if (header.Type != RecordType.Definition) Write(header.Type, FilesOf(header.Instrument), rest);
            at += RecordLengths.Of(header.Type);
        }

        return length;
    }

    /// <inheritdoc/>
    public override void OnClose()
    {
        foreach (InstrumentFiles? files in _files) files?.Dispose();
    }

    /// <summary>
    /// The name of a symbol's folder: characters that a file system gives a meaning, % and a point at the end are written as % and two hexadecimal
    /// digits, so that no two symbols share a folder where names are told apart by case.
    /// </summary>
    /// <param name="symbol">The symbol.</param>
    public static string FolderOf(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        return string.Concat(symbol.Select((c, i) => "%/\\:*?\"<>|".Contains(c, StringComparison.Ordinal) || (c == '.' && i == symbol.Length - 1) ? $"%{(int)c:X2}" : $"{c}"));
    }

    private static void Write(RecordType type, InstrumentFiles files, ReadOnlySpan<byte> bytes)
    {
        switch (type)
        {
            case RecordType.Trade:
                files.Write(MemoryMarshal.AsRef<TradeRecord>(bytes));
                break;
            case RecordType.Quote:
                files.Write(MemoryMarshal.AsRef<QuoteRecord>(bytes));
                break;
            case RecordType.Bar:
                files.Write(MemoryMarshal.AsRef<BarRecord>(bytes));
                break;
            case RecordType.BestQuote:
                files.WriteBest(MemoryMarshal.AsRef<QuoteRecord>(bytes));
                break;
            case RecordType.Gap:
                files.Write(MemoryMarshal.AsRef<GapRecord>(bytes));
                break;
            case RecordType.Imbalance:
                files.Write(MemoryMarshal.AsRef<ImbalanceRecord>(bytes));
                break;
            case RecordType.Indicator:
                files.Write(MemoryMarshal.AsRef<IndicatorRecord>(bytes));
                break;
            case RecordType.Intensity:
                files.Write(MemoryMarshal.AsRef<IntensityRecord>(bytes));
                break;
            case RecordType.Spike:
                files.Write(MemoryMarshal.AsRef<SpikeRecord>(bytes));
                break;
            case RecordType.Reversal:
                files.Write(MemoryMarshal.AsRef<ReversalRecord>(bytes));
                break;
            case RecordType.Alert:
                files.Write(MemoryMarshal.AsRef<AlertRecord>(bytes));
                break;
            default:
                throw new InvalidOperationException($"A record of type {type} was published, for which there is no file.");
        }
    }

    private InstrumentFiles FilesOf(uint instrument)
    {
        if (instrument >= _files.Length) Array.Resize(ref _files, (int)System.Numerics.BitOperations.RoundUpToPowerOf2(instrument + 1));
        return _files[instrument] ??= new InstrumentFiles(Path.Combine(_folder, FolderOf(_streams.Instruments.Symbol(instrument))), _streams, _resources, _restates);
    }
}
