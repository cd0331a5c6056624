using LowLatency.Market.Records;
using LowLatency.Market.Settings;

namespace LowLatency.Engine.Output;

/// <summary>The text of a record's flags: their names in snake_case with semicolons between them. Each combination is put together once.</summary>
internal static class FlagTexts
{
    private static readonly RecordFlags[] All = [.. Enum.GetValues<RecordFlags>().Where(f => f != RecordFlags.None)];
    private static readonly string?[] Texts = new string?[1 << All.Length];

    public static string Of(RecordFlags flags) => (int)flags < Texts.Length ? Texts[(int)flags] ??= Make(flags) : Make(flags);

    private static string Make(RecordFlags flags) => string.Join(';', All.Where(f => (flags & f) != 0).Select(f => SettingsBinder.SnakeCase(f.ToString())));
}
