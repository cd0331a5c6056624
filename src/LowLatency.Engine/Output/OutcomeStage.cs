using LowLatency.Analytics.Batches;
using LowLatency.Analytics.Normalization;
using LowLatency.Engine.Pipeline;
using LowLatency.Market.Instruments;
using LowLatency.Market.Settings;

namespace LowLatency.Engine.Output;

/// <summary>Writes what became of each input record to norm.csv, a file a symbol, on the pipeline's own thread: it is no stream that is published. For replays.</summary>
/// <param name="folder">Where the symbols' folders are made.</param>
internal sealed class OutcomeStage(string folder) : IPipelineStage, IDisposable
{
    private const int MaxOpenFiles = 256;

    private static readonly string[] Columns = ["row", "status", "aggressor", "late", "k"];
    private static readonly string[] Words = [.. Enum.GetValues<OutcomeKind>().Select(kind => SettingsBinder.SnakeCase(kind.ToString()))];

    private readonly CsvResources _resources = new(MaxOpenFiles, 0);
    private CsvFile?[] _files = [];
    private EmittedList<TickOutcome>? _outcomes;

    public string Name => "outcomes";

    /// <summary>To be called before the engine starts: the engine is made after its stages.</summary>
    public void Attach(MarketEngine engine) => _outcomes = engine.Outcomes;

    public void Process(in PipelineBatch batch)
    {
        ReadOnlySpan<TickOutcome> outcomes = _outcomes!.Items;
        for (int i = 0; i < outcomes.Length; i++)
        {
            ref readonly TickOutcome outcome = ref outcomes[i];
            if (outcome.Instrument == InstrumentTable.Unknown) continue;
            CsvFile file = FileOf(batch, outcome.Instrument);
            file.Add(outcome.Input);
            file.Add(Words[(int)outcome.Kind]);
            file.Add(outcome.Aggressor);
            file.Add(outcome.Late ? 1 : 0);
            file.Add(outcome.Analysed);
            file.EndRow();
        }

        _outcomes.Clear();
    }

    public void Dispose()
    {
        foreach (CsvFile? file in _files) file?.Dispose();
    }

    private CsvFile FileOf(in PipelineBatch batch, uint instrument)
    {
        if (instrument >= _files.Length) Array.Resize(ref _files, (int)System.Numerics.BitOperations.RoundUpToPowerOf2(instrument + 1));
        return _files[instrument] ??= Open(batch, instrument);
    }

    private CsvFile Open(in PipelineBatch batch, uint instrument)
    {
        string path = Path.Combine(folder, CsvOutput.FolderOf(batch.Streams.Instruments.Symbol(instrument)));
        Directory.CreateDirectory(path);
        return new CsvFile(Path.Combine(path, "norm.csv"), Columns, _resources, CsvResources.LargeBuffer);
    }
}
