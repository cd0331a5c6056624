using LowLatency.Benchmarks.Lab;
using LowLatency.Storage.Journal;

namespace LowLatency.Benchmarks.Storage;

/// <summary>Appends records of 64 bytes to a new journal, in batches of one size; segments are made and removed meanwhile, as they are in use.</summary>
/// <param name="name">What tables call it.</param>
/// <param name="role">What it is in the experiment.</param>
/// <param name="batch">Records of an append.</param>
/// <param name="durability">What they outlive.</param>
internal sealed class JournalAppend(string name, Role role, int batch, JournalDurability durability) : Contender(name, role)
{
    private readonly JournalPlace _place = new();
    private readonly byte[] _records = JournalPlace.Batch(batch);

    public override RunOutcome Run(Load load)
    {
        _place.Clear();
        long appends = Math.Max(1, load.Events / batch);
        using JournalWriter writer = JournalWriter.Open(_place.Settings(durability));
        CrewOutcome crew = Crew.Run(TimeSpan.FromSeconds(load.Seconds), () => Append(writer, appends));
        if (writer.NextOrdinal != appends * batch) throw new LabException($"{Name}: {writer.NextOrdinal} records of {appends * batch} are in the journal.");
        return RunOutcome.Of(crew, appends * batch);
    }

    protected override void Dispose(bool disposing)
    {
        _place.Dispose();
        base.Dispose(disposing);
    }

    private void Append(JournalWriter writer, long appends)
    {
        for (long i = 0; i < appends; i++)
        {
            if (!writer.Append(_records, i)) throw new LabException($"{Name}: {writer.Refusal}");
        }
    }
}
