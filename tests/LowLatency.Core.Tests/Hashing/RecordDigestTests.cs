using LowLatency.Core.Hashing;

namespace LowLatency.Core.Tests.Hashing;

public sealed class RecordDigestTests
{
    private readonly Random _random = new(5);

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(192)]
    public void Should_Change_With_Every_Bit(int length)
    {
        // Of random bytes and of zeros alike: most bytes of real records are 0.
        foreach (byte[] record in (byte[][])[Bytes(length), new byte[length]])
        {
            var seen = new HashSet<string> { Of(record) };
            for (int bit = 0; bit < length * 8; bit++)
            {
                record[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.True(seen.Add(Of(record)), $"Bit {bit} makes no difference.");
                record[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    [Fact]
    public void Should_Change_When_Words_Change_Places()
    {
        byte[] record = Bytes(128);
        var seen = new HashSet<string> { Of(record) };
        for (int i = 0; i < 16; i++)
        {
            for (int j = i + 1; j < 16; j++)
            {
                byte[] swapped = (byte[])record.Clone();
                record.AsSpan(i * 8, 8).CopyTo(swapped.AsSpan(j * 8));
                record.AsSpan(j * 8, 8).CopyTo(swapped.AsSpan(i * 8));
                Assert.True(seen.Add(Of(swapped)), $"Words {i} and {j} can change places.");
            }
        }
    }

    [Fact]
    public void Should_Tell_One_Long_Record_From_Two_Short_Ones()
    {
        byte[] record = Bytes(128);
        Assert.NotEqual(Of(record), Of(record[..64], record[64..]));
        Assert.NotEqual(Of(new byte[64]), Of(new byte[128]));
    }

    [Fact]
    public void Should_Not_Depend_On_The_Order()
    {
        byte[][] records = [.. Enumerable.Range(0, 500).Select(i => Bytes(64 * (1 + (i % 2))))];
        string expected = Of(records);
        for (int i = 0; i < 5; i++)
        {
            _random.Shuffle(records);
            Assert.Equal(expected, Of(records));
        }
    }

    [Fact]
    public void Should_Count_A_Record_As_Often_As_It_Comes()
    {
        byte[] record = Bytes(64);
        Assert.NotEqual(Of(record), Of(record, record));
        Assert.NotEqual(Of(), Of(record, record));
        Assert.NotEqual(Of(record), Of(record, record, record));
    }

    [Fact]
    public void Should_Add_Up()
    {
        byte[][] records = [.. Enumerable.Range(0, 100).Select(_ => Bytes(64))];
        RecordDigest left = Digest(records[..37]);
        left.Add(Digest(records[37..]));
        Assert.Equal(Of(records), left.ToString());
        Assert.Equal(100, left.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(65)]
    public void Should_Refuse_What_It_Would_Not_Read_Whole(int length) => Assert.Throws<ArgumentException>("record", () => Of(new byte[length]));

    [Fact]
    public void Should_Be_The_Same_For_Ever()
    {
        // Two machines, or two versions, compare digests: these were computed once and must not change.
        byte[] record = [.. Enumerable.Range(0, 128).Select(i => (byte)i)];
        Assert.Equal("00000000000000000000000000000000", Of());
        Assert.Equal(Golden64, Of(record[..64]));
        Assert.Equal(Golden128, Of(record));
    }

    private const string Golden64 = "d1d77944de4e05bc72ad6eaf0067b5a1";
    private const string Golden128 = "f8e17ea3dfa22cd65f120a983b7a4859";

    private static string Of(params byte[][] records) => Digest(records).ToString();

    private static RecordDigest Digest(params byte[][] records)
    {
        var digest = default(RecordDigest);
        foreach (byte[] record in records) digest.Add(record);
        return digest;
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return bytes;
    }
}
