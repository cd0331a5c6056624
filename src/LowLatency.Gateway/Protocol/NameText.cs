namespace LowLatency.Gateway.Protocol;

/// <summary>How names that a client sent are repeated to it.</summary>
internal static class NameText
{
    private const int MaxChars = 64;

    /// <summary>The name, cut where it is longer than any that could be right, so that answers stay small.</summary>
    /// <param name="text">The name.</param>
    public static string Short(string text) => text.Length <= MaxChars ? text : string.Concat(text.AsSpan(0, MaxChars), "…");
}
