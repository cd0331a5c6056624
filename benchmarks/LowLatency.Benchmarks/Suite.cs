using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace LowLatency.Benchmarks;

/// <summary>Finds the classes of micro benchmarks by the suite that they name.</summary>
public static class Suite
{
    /// <summary>The names of all suites of an assembly, in order.</summary>
    /// <param name="assembly">The assembly.</param>
    public static string[] Names(Assembly assembly) => [.. Classes(assembly).Select(c => c.Name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The names of the micro benchmarks of some suites, as class and method.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="names">The suites; none stands for all.</param>
    public static IEnumerable<(string Suite, string Benchmark)> Benchmarks(Assembly assembly, IReadOnlyCollection<string> names) =>
        from found in Classes(assembly)
        where names.Count == 0 || names.Contains(found.Name)
        from method in found.Class.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null
        select (found.Name, $"{found.Class.Name}.{method.Name}");

    /// <summary>The classes of some suites.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="names">The suites; none stands for all.</param>
    public static Type[] ClassesOf(Assembly assembly, IReadOnlyCollection<string> names) =>
        [.. Classes(assembly).Where(c => names.Count == 0 || names.Contains(c.Name)).Select(c => c.Class)];

    private static IEnumerable<(string Name, Type Class)> Classes(Assembly assembly) =>
        from type in assembly.GetTypes()
        let suite = type.GetCustomAttribute<SuiteAttribute>()
        where suite is not null
        orderby suite.Name, type.Name
        select (suite.Name, type);
}
