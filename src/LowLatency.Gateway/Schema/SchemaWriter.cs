using System.Buffers;
using System.Text.Json;
using System.Xml.Linq;
using LowLatency.Gateway.Json;
using LowLatency.Market.Records;
using LowLatency.Market.Settings;
using LowLatency.Market.Streams;

namespace LowLatency.Gateway.Schema;

/// <summary>Publishes the records' layouts.</summary>
internal static class SchemaWriter
{
    private const string FlagsField = "flags";

    private static readonly RecordFlags[] Flags = [.. Enum.GetValues<RecordFlags>().Where(f => f != RecordFlags.None)];

    private static readonly XNamespace Sbe = "http://fixprotocol.io/2016/sbe";

    /// <summary>As JSON: under records each layout as the argument of numpy.dtype, with what its numbers and the bits of its flags mean.</summary>
    /// <param name="streams">What is published, for the indexes in the records.</param>
    public static byte[] NumPy(PublishedStreams streams)
    {
        ChannelTable channels = streams.Channels;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, JsonStrings.Writer))
        {
            json.WriteStartObject();
            json.WriteString("byte_order"u8, "little"u8);
            json.WriteStartObject("types"u8);
            foreach (RecordLayout layout in RecordLayouts.All) json.WriteNumber(layout.Name, layout.Id);
            json.WriteEndObject();
            json.WriteStartObject(FlagsField);
            foreach (RecordFlags flag in Flags) json.WriteNumber(NameOf(flag), (int)flag);
            json.WriteEndObject();
            json.WriteStartObject("records"u8);
            foreach (RecordLayout layout in RecordLayouts.All) WriteDtype(json, layout);
            json.WriteEndObject();
            WriteNames(json, "bars", channels.Bars.Select(b => b.Name));
            WriteNames(json, "indicators", channels.Indicators.Select(i => i.Name));
            WriteAlerts(json, streams.Alerts);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>As an SBE message schema. The records are the messages' root blocks; the first byte takes the part of SBE's message header.</summary>
    public static string SbeXml()
    {
        var schema = new XElement(
            Sbe + "messageSchema",
            new XAttribute(XNamespace.Xmlns + "sbe", Sbe.NamespaceName),
            new XAttribute("package", "lowlatency"),
            new XAttribute("id", 1),
            new XAttribute("version", 0),
            new XAttribute("byteOrder", "littleEndian"),
            new XAttribute("description", "Records of LowLatency. A record is a root block without SBE's message header: its first byte is the template id."),
            new XElement(
                "types",
                new XElement(
                    "composite",
                    new XAttribute("name", "messageHeader"),
                    HeaderField("blockLength"),
                    HeaderField("templateId"),
                    HeaderField("schemaId"),
                    HeaderField("version")),
                new XElement("type", new XAttribute("name", "values"), new XAttribute("primitiveType", "double"), new XAttribute("length", IndicatorValues.Capacity)),
                new XElement("type", new XAttribute("name", "text"), new XAttribute("primitiveType", "uint8"), new XAttribute("length", DefinitionRecord.TextBytes)),
                new XElement(
                    "set",
                    new XAttribute("name", FlagsField),
                    new XAttribute("encodingType", FieldType.U16.Sbe),
                    Flags.Select(flag => new XElement("choice", new XAttribute("name", NameOf(flag)), System.Numerics.BitOperations.Log2((uint)flag))))));
        foreach (RecordLayout layout in RecordLayouts.All)
        {
            schema.Add(new XElement(
                Sbe + "message",
                new XAttribute("name", layout.Name),
                new XAttribute("id", layout.Id),
                new XAttribute("blockLength", layout.Bytes),
                layout.Fields.Select((field, i) => new XElement(
                    "field",
                    new XAttribute("name", field.Name),
                    new XAttribute("id", i + 1),
                    new XAttribute("type", SbeType(field)),
                    new XAttribute("offset", field.Offset)))));
        }

        return new XDeclaration("1.0", "UTF-8", null) + Environment.NewLine + schema;
    }

    private static string NameOf(RecordFlags flag) => SettingsBinder.SnakeCase(flag.ToString());

    private static string SbeType(FieldLayout field) => field switch
    {
        { Count: > 1, Type.Bytes: 1 } => "text",
        { Count: > 1 } => "values",
        { Name: FlagsField } => FlagsField,
        _ => field.Type.Sbe,
    };

    private static XElement HeaderField(string name) => new("type", new XAttribute("name", name), new XAttribute("primitiveType", "uint16"));

    private static void WriteDtype(Utf8JsonWriter json, RecordLayout layout)
    {
        json.WriteStartObject(layout.Name);
        WriteNames(json, "names", layout.Fields.Select(f => f.Name));
        WriteNames(json, "formats", layout.Fields.Select(f => f.Count > 1 ? $"({f.Count},){f.Type.NumPy}" : f.Type.NumPy));
        json.WriteStartArray("offsets"u8);
        foreach (FieldLayout field in layout.Fields) json.WriteNumberValue(field.Offset);
        json.WriteEndArray();
        json.WriteNumber("itemsize"u8, layout.Bytes);
        json.WriteEndObject();
    }

    private static void WriteAlerts(Utf8JsonWriter json, AlertTable alerts)
    {
        json.WriteStartArray("alerts"u8);
        foreach (AlertSpec alert in alerts.Specs)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, alert.Name);
            json.WriteString("rule"u8, alert.Rule);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
