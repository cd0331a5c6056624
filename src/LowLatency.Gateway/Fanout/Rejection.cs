namespace LowLatency.Gateway.Fanout;

/// <summary>A stream that a request named and did not get.</summary>
/// <param name="Channel">The channel as named.</param>
/// <param name="Symbol">The symbol as named.</param>
/// <param name="Code">One of <see cref="Protocol.ErrorCode"/>.</param>
/// <param name="Message">Why, and what to do.</param>
internal readonly record struct Rejection(string Channel, string Symbol, int Code, string Message);
