using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report;
using LowLatency.Benchmarks.Report.Document;
using static LowLatency.Benchmarks.Tests.Results;

namespace LowLatency.Benchmarks.Tests.Report;

public sealed class DocumentFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmarks-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_Read_What_It_Wrote()
    {
        LabDocument written = Documents.Of(Throughput(Run(Own, 0, 2, double.NaN, double.NaN), Run(Peer, 0, 1, double.NaN, double.NaN)), Latency());
        string path = PathOf("results.json");
        DocumentFile.Write(path, written);
        LabDocument read = DocumentFile.Read(path);
        Assert.Equal(written.Machine, read.Machine);
        Assert.Equal(written.Micro, read.Micro);
        Assert.Equal("unknown", read.Experiments[0].Groups[0].Group);
        Assert.Null(read.Experiments[0].Groups[0].HopNs);
        ContenderEntry before = written.Experiments[1].Groups[0].Contenders[0];
        ContenderEntry after = read.Experiments[1].Groups[0].Contenders[0];
        Assert.Equal(before.Percentiles, after.Percentiles);
        Assert.Equal(before.Value, after.Value);
        Assert.Equal(before.Ratios, after.Ratios);
    }

    [Theory]
    [InlineData("{\"schema_version\": 99}", "schema version 99")]
    [InlineData("{\"results\": []}", "schema version 1")]
    [InlineData("{\"schema_version\": 2}", "cannot be read")]
    [InlineData("{\"schema_version\": \"two\"}", "cannot be read")]
    [InlineData("no json", "cannot be read")]
    public void Should_Refuse_Other_Files_With_Words(string text, string named)
    {
        string path = PathOf("other.json");
        File.WriteAllText(path, text);
        LabException thrown = Assert.Throws<LabException>(() => DocumentFile.Read(path));
        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}
