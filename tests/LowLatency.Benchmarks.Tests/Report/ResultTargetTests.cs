using LowLatency.Benchmarks.Lab;
using LowLatency.Benchmarks.Report;

namespace LowLatency.Benchmarks.Tests.Report;

public sealed class ResultTargetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmarks-");

    private string File1 => Path.Combine(_folder.FullName, "results.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Should_Leave_Files_As_They_Were_When_It_Checks()
    {
        ResultTarget.Check("--json", File1);
        Assert.False(File.Exists(File1));
        File.WriteAllText(File1, "earlier");
        ResultTarget.Check("--json", File1);
        Assert.Equal("earlier", File.ReadAllText(File1));
    }

    [Fact]
    public void Should_Name_A_Target_That_Cannot_Be_Written()
    {
        LabException thrown = Assert.Throws<LabException>(() => ResultTarget.Check("--html", _folder.FullName));
        Assert.StartsWith($"--html: '{_folder.FullName}' cannot be written", thrown.Message, StringComparison.Ordinal);
        string? refusal = ResultTarget.Write("--html", _folder.FullName, path => File.WriteAllText(path, ""));
        Assert.StartsWith($"--html: '{_folder.FullName}' was not written", refusal, StringComparison.Ordinal);
    }
}
