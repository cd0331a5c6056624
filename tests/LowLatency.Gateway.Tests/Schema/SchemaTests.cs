using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Xml.Linq;
using LowLatency.Gateway.Schema;
using LowLatency.Gateway.Tests.Support;
using LowLatency.Market.Records;

namespace LowLatency.Gateway.Tests.Schema;

public sealed class SchemaTests
{
    private static readonly Dictionary<Type, FieldType> Types = new()
    {
        [typeof(byte)] = FieldType.U8,
        [typeof(sbyte)] = FieldType.I8,
        [typeof(ushort)] = FieldType.U16,
        [typeof(uint)] = FieldType.U32,
        [typeof(int)] = FieldType.I32,
        [typeof(ulong)] = FieldType.U64,
        [typeof(long)] = FieldType.I64,
        [typeof(double)] = FieldType.F64,
    };

    [Fact]
    public void Should_Publish_Every_Field_Of_Every_Struct_At_Its_Offset()
    {
        Assert.Equal(
            [
                typeof(TradeRecord), typeof(QuoteRecord), typeof(BarRecord), typeof(IndicatorRecord), typeof(QuoteRecord), typeof(GapRecord), typeof(ImbalanceRecord), typeof(IntensityRecord), typeof(SpikeRecord),
                typeof(ReversalRecord), typeof(AlertRecord), typeof(DefinitionRecord), typeof(StatusRecord), typeof(SnapshotRecord), typeof(SnapshotRecord), typeof(SnapshotRecord),
            ],
            RecordLayouts.All.Select(l => l.Record));
        foreach (RecordLayout layout in RecordLayouts.All)
        {
            Assert.Equal(Marshal.SizeOf(layout.Record), layout.Bytes);
            Assert.Equal(RecordLengths.Of((RecordType)layout.Id), layout.Bytes);
            var code = Fields(layout.Record, "", 0).OrderBy(f => f.Offset).ToList();
            Assert.Equal(code, layout.Fields.Select(f => (f.Member, f.Offset, f.Type, f.Count)));
        }
    }

    [Fact]
    public void Should_Name_The_Type_By_The_First_Byte() =>
        Assert.All(RecordLayouts.All, layout => Assert.Equal(Enum.Parse<RecordType>(layout.Name, ignoreCase: true), (RecordType)layout.Id));

    [Fact]
    public void Should_Be_What_NumPy_Takes()
    {
        using JsonDocument document = JsonDocument.Parse(SchemaWriter.NumPy(new TestPublisher().Streams));
        foreach (JsonProperty record in document.RootElement.GetProperty("records").EnumerateObject())
        {
            Assert.Equal(["names", "formats", "offsets", "itemsize"], record.Value.EnumerateObject().Select(p => p.Name));
            int fields = record.Value.GetProperty("names").GetArrayLength();
            Assert.Equal(fields, record.Value.GetProperty("formats").GetArrayLength());
            Assert.Equal(fields, record.Value.GetProperty("offsets").GetArrayLength());
        }
    }

    [Fact]
    public void Should_Name_The_Alerts_By_Id()
    {
        var publisher = new TestPublisher();
        publisher.Streams.Alerts.Set("wide", "spread_bps > 5 for 10s");
        publisher.Streams.Alerts.Set("gap", "gap");
        using JsonDocument document = JsonDocument.Parse(SchemaWriter.NumPy(publisher.Streams));
        Assert.Equal("""[{"name":"wide","rule":"spread_bps > 5 for 10s"},{"name":"gap","rule":"gap"}]""", document.RootElement.GetProperty("alerts").GetRawText());
    }

    [Fact]
    public void Should_Be_The_Same_As_Sbe()
    {
        XElement schema = XElement.Parse(SchemaWriter.SbeXml());
        XNamespace sbe = schema.Name.Namespace;
        var messages = schema.Elements(sbe + "message").ToList();
        Assert.Equal(RecordLayouts.All.Select(l => l.Name), messages.Select(m => m.Attribute("name")!.Value));
        foreach ((XElement message, RecordLayout layout) in messages.Zip(RecordLayouts.All))
        {
            Assert.Equal(layout.Bytes, (int)message.Attribute("blockLength")!);
            Assert.Equal(layout.Fields.Select(f => (f.Name, f.Offset)), message.Elements("field").Select(f => (f.Attribute("name")!.Value, (int)f.Attribute("offset")!)));
        }
    }

    [Fact]
    public void Should_Tell_What_Every_Bit_Of_The_Flags_Means()
    {
        string[] names = ["late", "suspect", "confirmed", "source_suspect", "aggressor_derived", "channel_sequence", "provisional"];
        Assert.Equal(Enum.GetValues<RecordFlags>().Where(f => f != RecordFlags.None).Select(f => (int)f), names.Select((_, bit) => 1 << bit));
        using JsonDocument document = JsonDocument.Parse(SchemaWriter.NumPy(new TestPublisher().Streams));
        Assert.Equal(names.Select((name, bit) => (name, 1 << bit)), document.RootElement.GetProperty("flags").EnumerateObject().Select(p => (p.Name, p.Value.GetInt32())));
        XElement schema = XElement.Parse(SchemaWriter.SbeXml());
        Assert.Equal(names.Select((name, bit) => (name, bit)), schema.Descendants("choice").Select(c => (c.Attribute("name")!.Value, (int)c)));
        Assert.All(schema.Descendants("field").Where(f => f.Attribute("name")!.Value == "flags"), f => Assert.Equal("flags", f.Attribute("type")!.Value));
    }

    private static IEnumerable<(string Member, int Offset, FieldType Type, int Count)> Fields(Type type, string prefix, int origin)
    {
        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            int offset = origin + field.GetCustomAttribute<FieldOffsetAttribute>()!.Value;
            Type of = field.FieldType.IsEnum ? field.FieldType.GetEnumUnderlyingType() : field.FieldType;
            if (of == typeof(RecordHeader))
            {
                foreach ((string Member, int Offset, FieldType Type, int Count) inner in Fields(of, "Header.", offset)) yield return inner;
            }
            else if (of == typeof(IndicatorValues))
            {
                yield return (prefix + field.Name, offset, FieldType.F64, IndicatorValues.Capacity);
            }
            else if (of == typeof(DefinitionRecord.TextBuffer))
            {
                yield return (prefix + field.Name, offset, FieldType.U8, DefinitionRecord.TextBytes);
            }
            else
            {
                yield return (prefix + field.Name, offset, Types[of], 1);
            }
        }
    }
}
