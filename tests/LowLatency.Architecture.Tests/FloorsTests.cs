using System.Reflection;
using System.Xml.Linq;

namespace LowLatency.Architecture.Tests;

/// <summary>Holds the design's table of rooms against the projects and against what their assemblies really refer to.</summary>
public sealed class FloorsTests
{
    public static TheoryData<string> Projects => [.. Repository.Projects.Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void Should_Find_The_Rooms() => Assert.Contains("LowLatency.Core", Repository.Projects.Select(path => Path.GetFileNameWithoutExtension(path)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Should_Be_A_Room_Of_The_Design(string project) =>
        Assert.True(Floors.AllowedFor(project) is not null, $"The design knows no room {project}: add it to its table and to Floors, or put the code where it belongs.");

    [Theory]
    [MemberData(nameof(Projects))]
    public void Should_Refer_To_Lower_Floors_Only(string project)
    {
        IEnumerable<string> references = Load(project).Descendants("ProjectReference").Select(e => Path.GetFileNameWithoutExtension(e.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Empty(references.Except(Floors.AllowedFor(project) ?? []));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Should_Use_Lower_Floors_Only(string project)
    {
        // As built: a reference can also come through another project.
        IEnumerable<string> used = Assembly.Load(AssemblyNameOf(project)).GetReferencedAssemblies().Select(a => a.Name!).Where(name => name.StartsWith("LowLatency.", StringComparison.Ordinal));
        Assert.Empty(used.Except(Floors.AllowedFor(project) ?? []));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Should_Allow_Unsafe_Code_In_The_Core_Only(string project)
    {
        string[] allows = [.. Load(project).Descendants("AllowUnsafeBlocks").Select(e => e.Value)];
        Assert.Equal(project == "LowLatency.Core" ? ["true"] : [], allows);
    }

    [Fact]
    public void Should_Forbid_Unsafe_Code_Everywhere_Else()
    {
        XDocument shared = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        Assert.Equal(["false"], shared.Descendants("AllowUnsafeBlocks").Select(e => e.Value));
        Assert.Empty(XDocument.Load(Path.Combine(Repository.Source, "Directory.Build.props")).Descendants("AllowUnsafeBlocks"));
    }

    private static string AssemblyNameOf(string project) => Load(project).Descendants("AssemblyName").Select(e => e.Value).FirstOrDefault(project);

    private static XDocument Load(string project) => XDocument.Load(Repository.Projects.Single(path => Path.GetFileNameWithoutExtension(path) == project));
}
