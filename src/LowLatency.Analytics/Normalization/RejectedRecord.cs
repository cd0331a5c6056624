using LowLatency.Market.Records;

namespace LowLatency.Analytics.Normalization;

/// <summary>An entry of the reject log.</summary>
/// <param name="Input">Position of the record in the input, from 0.</param>
/// <param name="Reason">Why it was not taken.</param>
/// <param name="Record">The record as it came.</param>
public readonly record struct RejectedRecord(long Input, RejectReason Reason, TickRecord Record);
