using System.Text;
using System.Text.Json;
using LowLatency.Storage.QuestDb.Protocol;

namespace LowLatency.Storage.Tests.QuestDb.Protocol;

/// <summary>The cases that QuestDB's own clients are held to (c-questdb-client), where they lie beside the repository.</summary>
public sealed class IlpConformanceTests
{
    private const string Absent = "(none)";

    private static string? File => SharedFolder.Find("golden/ilp-client-interop-test.json");

    public static TheoryData<string> Cases
    {
        get
        {
            if (File is not { } path) return [Absent];
            using JsonDocument cases = JsonDocument.Parse(System.IO.File.ReadAllText(path));
            return [.. cases.RootElement.EnumerateArray().Select(c => c.GetProperty("testName").GetString()!)];
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Should_Write_What_Every_Client_Writes(string name)
    {
        Assert.SkipWhen(name == Absent, "needs shared/golden/ilp-client-interop-test.json beside the repository");
        using JsonDocument cases = JsonDocument.Parse(System.IO.File.ReadAllText(File!));
        JsonElement found = cases.RootElement.EnumerateArray().Single(c => c.GetProperty("testName").GetString() == name);
        JsonElement result = found.GetProperty("result");
        if (result.GetProperty("status").GetString() == "ERROR")
        {
            foreach (IlpVersion version in Enum.GetValues<IlpVersion>())
            {
                var buffer = new IlpBuffer();
                Assert.ThrowsAny<Exception>(() => Write(found, buffer, version));
                Assert.Equal(0, buffer.Length);
            }

            return;
        }

        if (result.TryGetProperty("binaryBase64", out JsonElement binary))
        {
            IlpVersion version = found.TryGetProperty("minimumProtocolVersion", out JsonElement least) ? (IlpVersion)least.GetInt32() : IlpVersion.V2;
            Assert.Equal(Convert.FromBase64String(binary.GetString()!), Written(found, version));
        }

        // Decimals as text have the fewest places there, and keep theirs here; only servers of version 3 have them, and those get the binary form.
        if (found.TryGetProperty("minimumProtocolVersion", out _)) return;
        string text = Encoding.UTF8.GetString(Written(found, IlpVersion.V1));
        string[] allowed = result.TryGetProperty("anyLines", out JsonElement any) ? [.. any.EnumerateArray().Select(l => l.GetString() + "\n")] : [result.GetProperty("line").GetString() + "\n"];
        Assert.Contains(text, allowed);
    }

    private static byte[] Written(JsonElement found, IlpVersion version)
    {
        var buffer = new IlpBuffer(1);
        Write(found, buffer, version);
        return buffer.Written.ToArray();
    }

    private static void Write(JsonElement found, IlpBuffer buffer, IlpVersion version)
    {
        IlpLine line = new IlpLine(buffer, version).Table(found.GetProperty("table").GetString());
        foreach (JsonElement symbol in found.GetProperty("symbols").EnumerateArray()) line.Symbol(symbol.GetProperty("name").GetString(), symbol.GetProperty("value").GetString());
        foreach (JsonElement column in found.GetProperty("columns").EnumerateArray())
        {
            string name = column.GetProperty("name").GetString()!;
            JsonElement value = column.GetProperty("value");
            switch (column.GetProperty("type").GetString())
            {
                case "STRING": line.Column(name, value.GetString().AsSpan()); break;
                case "LONG": line.Column(name, value.GetInt64()); break;
                case "DOUBLE": line.Column(name, value.GetDouble()); break;
                case "BOOLEAN": line.Column(name, value.GetBoolean()); break;
                case "DECIMAL": line.Column(name, decimal.Parse(value.GetString()!)); break;
                case { } other: throw new NotSupportedException(other);
            }
        }

        line.AtNow();
    }
}
