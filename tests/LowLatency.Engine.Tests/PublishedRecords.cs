using System.Runtime.InteropServices;
using LowLatency.Market.Records;

namespace LowLatency.Engine.Tests;

/// <summary>Published bytes as records, in order.</summary>
internal static class PublishedRecords
{
    public static List<byte[]> Split(byte[] bytes)
    {
        var records = new List<byte[]>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = RecordLengths.Of((RecordType)bytes[at]);
            Assert.True(length > 0, $"There is no record at {at}.");
            records.Add(bytes[at..(at + length)]);
            at += length;
        }

        return records;
    }

    /// <summary>Which batch a definition comes in front of depends on when the feed met the name: it is no part of what is compared.</summary>
    public static byte[] WithoutDefinitions(byte[] bytes) => [.. Split(bytes).Where(r => HeaderOf(r).Type != RecordType.Definition).SelectMany(r => r)];

    public static RecordHeader HeaderOf(byte[] record) => MemoryMarshal.Read<RecordHeader>(record);

    public static IEnumerable<BarRecord> Bars(byte[] bytes) =>
        Split(bytes).Where(r => HeaderOf(r).Type == RecordType.Bar).Select(r => MemoryMarshal.Read<BarRecord>(r));

    public static IEnumerable<IndicatorRecord> Indicators(byte[] bytes) =>
        Split(bytes).Where(r => HeaderOf(r).Type == RecordType.Indicator).Select(r => MemoryMarshal.Read<IndicatorRecord>(r));
}
