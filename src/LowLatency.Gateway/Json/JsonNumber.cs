using LowLatency.Core.Text;

namespace LowLatency.Gateway.Json;

/// <summary>Doubles as JSON numbers that read back to the same bits.</summary>
internal static class JsonNumber
{
    /// <summary>The most bytes that a number takes.</summary>
    public const int MaxBytes = NumberText.MaxBytes;

    /// <summary>Writes a number; null where it is not finite, which JSON has no number for.</summary>
    /// <param name="value">The number.</param>
    /// <param name="destination">Room for <see cref="MaxBytes"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> destination)
    {
        if (double.IsFinite(value)) return NumberText.Write(value, destination);
        "null"u8.CopyTo(destination);
        return 4;
    }
}
