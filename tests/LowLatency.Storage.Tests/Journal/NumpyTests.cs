using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LowLatency.Market.Records;
using LowLatency.Storage.Journal;

namespace LowLatency.Storage.Tests.Journal;

public sealed class NumpyTests : IDisposable
{
    private const string Script = """
        import sys, numpy
        for mode in (None, 'r'):
            a = numpy.load(sys.argv[1], mmap_mode=mode)
            print(a.shape, a.dtype.itemsize, ' '.join(a.dtype.names), int(a['sequence'].sum()), int(a['instrument'].max()), int(a['event_ns'][-1]), a['type'][0])
        """;

    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Should_Write_The_Number_Of_Records_As_Python_Reads_It()
    {
        foreach (int count in new[] { 0, 1, 9, 10, 99, 100, 1000, 9999, 10_000, 12_345_678, 90_000_000, 99_999_999 }) AssertShape(count);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000).WithQuietOnSuccess(true), Prop.ForAll(Arb.From(Gen.Choose(0, 99_999_999)), AssertShape));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(128)]
    public void Should_Lay_Out_The_Header_As_The_Format_Has_It(int recordBytes)
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings(recordBytes: recordBytes))) Assert.True(writer.Append(JournalFolder.Records(1, 12, recordBytes), 0));
        byte[] file = File.ReadAllBytes(_folder.Data());
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 0xF6, 0x0F], file[..10]);
        Assert.Equal((byte)'\n', file[4095]);
        string text = Encoding.ASCII.GetString(file, 10, 4085).TrimEnd(' ');
        string payload = recordBytes == 64 ? "V32" : "V96";
        Assert.StartsWith(
            $"{{'descr': [('type', 'u1'), ('source', 'u1'), ('flags', '<u2'), ('instrument', '<u4'), ('event_ns', '<i8'), ('receive_ns', '<i8'), ('sequence', '<u8'), ('payload', '{payload}'), ], 'fortran_order': False, 'shape': (",
            text,
            StringComparison.Ordinal);
        Assert.EndsWith("      12,), }", text, StringComparison.Ordinal);
        Assert.Equal(JournalFolder.Records(1, 12, recordBytes), file[4096..(4096 + (12 * recordBytes))]);
        // The number lies on one aligned word.
        Assert.Equal(0, (text.Length + 10 - ",), }".Length) % 8);
    }

    [Fact]
    public void Should_Take_Fields_Of_The_Caller_And_Leave_Gaps_Unnamed()
    {
        NumpyField[] fields = [new("type", 0, "u1"), new("price", 32, "<f8"), new("values", 40, "<f4", 3)];
        string text = Encoding.ASCII.GetString(new NumpyHeader(64, fields).Page);
        Assert.Contains("[('type', 'u1'), ('', 'V31'), ('price', '<f8'), ('values', '<f4', (3,)), ('', 'V12'), ]", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("price", 60, "<f8", 1, "leave the record")]
    [InlineData("price", 0, "<f", 1, "no type of NumPy")]
    [InlineData("pri'ce", 0, "<f8", 1, "cannot be named so")]
    [InlineData("price", 0, "<f8", 0, "leave the record")]
    public void Should_Refuse_Fields_That_Do_Not_Fit(string name, int offset, string format, int count, string mistake)
    {
        JournalException thrown = Assert.Throws<JournalException>(() => JournalWriter.Open(_folder.Settings() with { Fields = [new NumpyField(name, offset, format, count)] }));
        Assert.Contains(mistake, thrown.Message, StringComparison.Ordinal);
        // Nothing is left locked.
        JournalWriter.Open(_folder.Settings()).Dispose();
    }

    [Fact]
    public void Should_Go_On_In_A_Segment_Whose_Fields_Were_Others()
    {
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings() with { Fields = [new NumpyField("price", 32, "<f8")] })) Assert.True(writer.Append(JournalFolder.Records(1, 1), 0));
        using (JournalWriter writer = JournalWriter.Open(_folder.Settings())) Assert.True(writer.Append(JournalFolder.Records(2, 1), 0));
        string text = Encoding.ASCII.GetString(File.ReadAllBytes(_folder.Data())[..4096]);
        Assert.Contains("'price'", text, StringComparison.Ordinal);
        Assert.Matches(@"'shape': \( +2,\), }", text);
        Assert.Equal([1, 2], _folder.Sequences());
    }

    [Fact]
    public void Should_Be_Opened_By_NumPy_While_It_Is_Written_And_When_It_Is_Sealed()
    {
        string python = Python();
        using JournalWriter writer = JournalWriter.Open(_folder.Settings(segmentRecords: 1000));
        Assert.True(writer.Append(JournalFolder.Records(1, 10), 0));
        Assert.Equal(Line(10, 55, 4, 10_000), Load(python));
        Assert.True(writer.Append(JournalFolder.Records(11, 90), 0));
        Assert.Equal(Line(100, 5050, 4, 100_000), Load(python));
        Assert.True(writer.Append(JournalFolder.Records(101, 900), 0));
        Assert.True(writer.Append(JournalFolder.Records(1001, 1), 0));
        writer.Retain();
        Assert.Equal(4096 + 64_000, new FileInfo(_folder.Data()).Length);
        Assert.Equal(Line(1000, 500_500, 4, 1_000_000), Load(python));
    }

    [Fact]
    public void Should_Be_Opened_By_NumPy_With_The_Fields_Of_A_Trade()
    {
        string python = Python();
        NumpyField[] fields =
        [
            .. NumpyField.Header(64).Take(7), new("price", 32, "<f8"), new("size", 40, "<f8"), new("trade_id", 48, "<u8"), new("aggressor", 60, "i1"),
        ];
        var trade = new TradeRecord { Header = new RecordHeader { Type = RecordType.Trade, Sequence = 9 }, Price = 101.25, Size = 3, TradeId = 77, Conditions = 123, Aggressor = -1 };
        byte[] record = new byte[64];
        MemoryMarshal.Write(record, in trade);
        using JournalWriter writer = JournalWriter.Open(_folder.Settings() with { Fields = fields });
        Assert.True(writer.Append(record, 0));
        const string script = "import sys, numpy; a = numpy.load(sys.argv[1], mmap_mode='r'); print(a.dtype.itemsize, a['price'][0], a['size'][0], a['trade_id'][0], a['aggressor'][0], a['sequence'][0], 'conditions' in a.dtype.names)";
        Assert.Equal("64 101.25 3.0 77 -1 9 False\n", Run(python, "-c", script, _folder.Data()).Text);
    }

    private static bool AssertShape(int count)
    {
        Assert.Equal($"{count,8}", Encoding.ASCII.GetString(BitConverter.GetBytes(NumpyHeader.ShapeOf(count))));
        return true;
    }

    private static string Line(int count, long sum, int instrument, long last)
    {
        string line = $"({count},) 64 type source flags instrument event_ns receive_ns sequence payload {sum} {instrument} {last} 1\n";
        return line + line;
    }

    private static (int Code, string Text) Run(string python, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    private static string Python()
    {
        foreach (string python in new[] { "python3", "/usr/bin/python3" })
        {
            try
            {
                if (Run(python, "-c", "import numpy").Code == 0) return python;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                // Not there: the next one.
            }
        }

        Assert.Skip("There is no python3 with NumPy to open the segments with (Debian: python3-numpy).");
        return "";
    }

    private string Load(string python) => Run(python, "-c", Script, _folder.Data()).Text;
}
