namespace LowLatency.Analytics.Batches;

/// <summary>
/// How much room an instrument's memory of ids and trades has at its start. The first 64 instruments take all of theirs at once and never allocate again; of
/// thousands most trade little, so that further ones take room as they trade, four times as much each time.
/// </summary>
internal static class RoomAtStart
{
    private const int InstrumentsWithAll = 64;
    private const int Little = 256;

    /// <summary>The room, in items.</summary>
    /// <param name="instrument">The instrument's id.</param>
    /// <param name="most">What it can have.</param>
    public static int Of(int instrument, int most) => instrument < InstrumentsWithAll ? most : Math.Min(Little, most);
}
