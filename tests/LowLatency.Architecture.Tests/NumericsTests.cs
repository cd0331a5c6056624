using System.Text.RegularExpressions;

namespace LowLatency.Architecture.Tests;

/// <summary>
/// Results have the same bits on every processor and system: analytics take no function from the platform's library whose last bit is the library's own affair.
/// IEEE 754 settles sums, products, quotients, square roots and the fused multiply-add; it does not settle logarithms and their like.
/// </summary>
public sealed partial class NumericsTests
{
    // Who may, each with its reason.
    private static readonly Dictionary<string, string> Excused = new(StringComparer.Ordinal)
    {
        ["LowLatency.Analytics/Normalization/PriceWindow.cs"] = "Math.Exp, for bounds that only spare a sort: a margin of 1e-9 lies about them, and the logarithm decides what lies between",
    };

    [Fact]
    public void Should_Leave_No_Result_To_The_Platforms_Library()
    {
        IEnumerable<string> found =
            from path in Analytics()
            let name = Repository.RelativeToSource(path)
            where !Excused.ContainsKey(name)
            from line in File.ReadLines(path).Where(IsCode).Select((text, i) => (Text: text, Number: i + 1))
            from Match match in PlatformFunction().Matches(line.Text)
            select $"{name}: {match.Value} differs from one system to another; use NaturalLog, or name the file here with the reason.";
        Assert.Empty(found);
    }

    [Fact]
    public void Should_Excuse_Only_Files_That_Need_It() =>
        Assert.All(Excused.Keys, name => Assert.Contains(File.ReadLines(Path.Combine(Repository.Source, name)).Where(IsCode), line => PlatformFunction().IsMatch(line)));

    [Theory]
    [InlineData("double y = Math.Log(x);", true)]
    [InlineData("double y = Math.Log10(x) / MathF.Pow(x, 2);", true)]
    [InlineData("Vector512<double> y = Vector512.Exp(x);", true)]
    [InlineData("double y = double.LogP1(x);", true)]
    [InlineData("TensorPrimitives.Exp(x, y);", true)]
    [InlineData("double y = NaturalLog.Of(x) + Math.Sqrt(x) + Math.Min(x, 1) + Math.FusedMultiplyAdd(x, x, x);", false)]
    public void Should_Know_Which_Functions_Those_Are(string line, bool isOne) => Assert.Equal(isOne, PlatformFunction().IsMatch(line));

    private static IEnumerable<string> Analytics() =>
        Repository.SourceFiles.Where(path => Path.GetExtension(path) == ".cs" && Repository.RelativeToSource(path).StartsWith("LowLatency.Analytics/", StringComparison.Ordinal));

    private static bool IsCode(string line) => !line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    [GeneratedRegex(@"\b(Math|MathF|double|float|Double|Single|Vector\w*(<\w+>)?|TensorPrimitives)\.(Log\w*|Exp\w*|Pow|Cbrt|RootN|Hypot|(A|Sin|Cos|Tan|Asin|Acos|Atan)?(Sin|Cos|Tan)\w*|ReciprocalEstimate|ReciprocalSqrtEstimate)\s*\(")]
    private static partial Regex PlatformFunction();
}
