namespace LowLatency.Analytics.Normalization;

/// <summary>What normalisation made of one input record, for those who want to see it record by record.</summary>
/// <param name="Input">Position of the record in the input, from 0.</param>
/// <param name="Instrument">Its instrument.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Aggressor">Of a trade: 1, -1 or 0, as received or derived; else 0.</param>
/// <param name="Late">Whether it was late.</param>
/// <param name="Analysed">The trade's place, from 0, among the instrument's accepted trades that were not late; -1 for all others.</param>
public readonly record struct TickOutcome(long Input, uint Instrument, OutcomeKind Kind, sbyte Aggressor, bool Late, long Analysed);
