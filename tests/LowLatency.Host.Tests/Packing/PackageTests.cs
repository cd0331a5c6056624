using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LowLatency.Host.Tests.Packing;

[Trait("Category", "Long")]
public sealed partial class PackageTests : IDisposable
{
    private static readonly string[] Libraries = ["Aeron", "Analytics", "Core", "Engine", "Feeds", "Gateway", "Market", "Publishing", "Storage"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Should_Embed_The_Packed_Engine_As_The_Documentation_Says()
    {
        string packages = await PackAsync();
        CheckContents(packages);

        string document = await File.ReadAllTextAsync(Path.Combine(HostProcess.Repository, "docs", "embedding.md"), TestContext.Current.CancellationToken);
        _folder.Write("desk/Desk.csproj", Blocks(document, "xml").Single());
        int number = 0;
        foreach (string block in Blocks(document, "csharp")) _folder.Write($"desk/Block{number++}.cs", block);
        Assert.Equal(5, number);
        // The machine's own sources stay; packages that are restored for this test alone go with its folder.
        _folder.Write(
            "desk/NuGet.config",
            $"""
            <configuration>
              <packageSources><add key="packed" value="{packages}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{_folder.PathOf("restored")}" /></config>
              <fallbackPackageFolders><add key="machine" value="{await MachinePackagesAsync()}" /></fallbackPackageFolders>
            </configuration>
            """);
        HostProcess build = await HostProcess.StartAsync("dotnet", _folder.PathOf("desk"), "build", "-c", "Release", "-o", _folder.PathOf("built"), "-p:NuGetAudit=false", "-p:UseSharedCompilation=false", "-nodeReuse:false");
        Assert.True(build.ExitCode == 0, string.Join('\n', build.Output));
        HostProcess run = await HostProcess.StartAsync("dotnet", _folder.PathOf("desk"), _folder.PathOf("built/Desk.dll"));
        Assert.True(run.ExitCode == 0, string.Join('\n', run.Errors));
        Assert.Matches("^page and stream at http://127.0.0.1:[0-9]+", run.Output[0]);
        foreach (string symbol in (string[])["ALFA", "BRVO", "COIN-USD", "EURUSD"]) Assert.Contains(run.Output, line => Regex.IsMatch(line, $"^{symbol} [0-9.]+$"));
        Assert.Matches("^50000 ticks accepted, [1-9][0-9]* bars closed$", run.Output[^1]);
    }

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    private static IEnumerable<string> Blocks(string document, string language) =>
        CodeBlock().Matches(document.ReplaceLineEndings("\n")).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["code"].Value);

    private static async Task<string> MachinePackagesAsync()
    {
        HostProcess told = await HostProcess.StartAsync("dotnet", HostProcess.Repository, "nuget", "locals", "global-packages", "--list");
        return told.Output[^1][(told.Output[^1].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static void CheckContents(string packages)
    {
        Assert.Equal(Libraries.Select(l => $"LowLatency.{l}.0.1.0.nupkg"), Directory.GetFiles(packages).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string library in Libraries)
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(packages, $"LowLatency.{library}.0.1.0.nupkg"));
            string[] entries = [.. package.Entries.Select(e => e.FullName)];
            Assert.Contains($"lib/net10.0/LowLatency.{library}.dll", entries);
            Assert.Contains($"lib/net10.0/LowLatency.{library}.xml", entries);
            Assert.Single(entries, e => e.EndsWith(".dll", StringComparison.Ordinal));
            Assert.Equal(File.Exists(Path.Combine(HostProcess.Repository, "README.md")), entries.Contains("README.md"));
            using Stream specification = package.GetEntry($"LowLatency.{library}.nuspec")!.Open();
            XElement[] elements = [.. XDocument.Load(specification).Descendants()];
            string[] dependencies = [.. elements.Where(e => e.Name.LocalName == "dependency").Select(e => (string)e.Attribute("id")!)];
            Assert.Equal(OwnDependencies(library), dependencies.Where(d => d.StartsWith("LowLatency.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
            Assert.DoesNotContain("Microsoft.CodeAnalysis.BannedApiAnalyzers", dependencies);
            Assert.Equal(library == "Gateway", elements.Any(e => e.Name.LocalName == "frameworkReference"));
        }
    }

    /// <summary>The project references of a library.</summary>
    private static IEnumerable<string> OwnDependencies(string library) =>
        XDocument.Load(Path.Combine(HostProcess.Repository, "src", $"LowLatency.{library}", $"LowLatency.{library}.csproj")).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).Order(StringComparer.Ordinal);

    private async Task<string> PackAsync()
    {
        string packages = _folder.PathOf("packages");
        foreach (string library in Libraries)
        {
            string project = Path.Combine(HostProcess.Repository, "src", $"LowLatency.{library}", $"LowLatency.{library}.csproj");
            HostProcess pack = await HostProcess.StartAsync("dotnet", HostProcess.Repository, "pack", project, "-c", HostProcess.Configuration, "--no-build", "-o", packages, "-nodeReuse:false");
            Assert.True(pack.ExitCode == 0, string.Join('\n', pack.Output));
        }

        return packages;
    }
}
