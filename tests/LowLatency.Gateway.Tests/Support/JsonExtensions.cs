using System.Text.Json;

namespace LowLatency.Gateway.Tests.Support;

internal static class JsonExtensions
{
    public static string T(this JsonElement message) => message.GetProperty("T").GetString()!;

    public static ulong Q(this JsonElement message) => message.GetProperty("q").GetUInt64();

    public static int Code(this JsonElement message) => message.GetProperty("code").GetInt32();

    public static string Text(this JsonElement message, string name) => message.GetProperty(name).GetString()!;
}
