namespace LowLatency.Market.Streams;

/// <summary>The names of an engine's alerts and their dense ids, 0, 1, 2 …: an id's name never changes, its rule can, and none is taken away. Any thread may ask and add.</summary>
public sealed class AlertTable
{
    private readonly Lock _adding = new();
    private AlertSpec[] _specs = [];

    /// <summary>The alerts, by id.</summary>
    public IReadOnlyList<AlertSpec> Specs => Volatile.Read(ref _specs);

    /// <summary>Sets the rule of a name, which is added when it is new.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rule">The rule's text.</param>
    /// <returns>The name's id.</returns>
    public int Set(string name, string rule)
    {
        lock (_adding)
        {
            int at = Array.FindIndex(_specs, s => s.Name == name);
            int id = at < 0 ? _specs.Length : at;
            // Readers have the array before, or this one, whole.
            AlertSpec[] specs = at < 0 ? new AlertSpec[id + 1] : new AlertSpec[_specs.Length];
            _specs.CopyTo(specs, 0);
            specs[id] = new AlertSpec(id, name, rule);
            Volatile.Write(ref _specs, specs);
            return id;
        }
    }
}
