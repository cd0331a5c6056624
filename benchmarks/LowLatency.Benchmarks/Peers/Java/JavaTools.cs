using System.Diagnostics;

namespace LowLatency.Benchmarks.Peers.Java;

/// <summary>What of Java is installed, and the harness compiled with it.</summary>
internal static class JavaTools
{
    private const string DisruptorVariable = "DISRUPTOR_JAR";
    private const string HistogramVariable = "HDRHISTOGRAM_JAR";

    private static readonly string[] DisruptorJars = Jars(DisruptorVariable, "/usr/share/java/disruptor.jar");
    private static readonly string[] HistogramJars = Jars(HistogramVariable, "/usr/share/java/HdrHistogram.jar", "/usr/share/java/hdrhistogram.jar");

    /// <summary>What is missing and what to install; null when nothing is.</summary>
    public static string? Missing()
    {
        if (OnPath("javac") is null || OnPath("java") is null) return "java and javac are not installed (Debian: default-jdk-headless).";
        if ((NoFile(DisruptorVariable) ?? NoFile(HistogramVariable)) is { } noFile) return noFile;
        if (!DisruptorJars.Any(File.Exists)) return "the Disruptor's jar is not installed (Debian: libdisruptor-java); DISRUPTOR_JAR names it elsewhere.";
        if (!HistogramJars.Any(File.Exists)) return "HdrHistogram's jar is not installed (Debian: libhdrhistogram-java); HDRHISTOGRAM_JAR names it elsewhere.";
        return RepositoryFolder() is null ? "the sources of the harness (benchmarks/java) are not above this program; run it from the source tree." : null;
    }

    /// <summary>The version of the Disruptor, as its jar's name tells it; empty when it does not.</summary>
    public static string DisruptorVersion()
    {
        string? jar = DisruptorJars.FirstOrDefault(File.Exists);
        // Debian's disruptor.jar has a link beside it that tells the version.
        IEnumerable<string> names = jar is null ? [] : Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(jar))!, "disruptor-*.jar").Append(jar);
        return names.Select(name => Path.GetFileNameWithoutExtension(name).Replace("disruptor-", "", StringComparison.Ordinal)).FirstOrDefault(name => name.Length != 0 && char.IsDigit(name[0])) ?? "";
    }

    /// <summary>Compiles the harness when its sources are newer than its classes, and starts it.</summary>
    /// <exception cref="Lab.LabException">The compiler refused.</exception>
    public static Process Start()
    {
        string root = RepositoryFolder()!;
        string classes = Path.Combine(root, "artifacts", "java");
        string[] sources = Directory.GetFiles(Path.Combine(root, "benchmarks", "java"), "*.java");
        string path = string.Join(Path.PathSeparator, DisruptorJars.First(File.Exists), HistogramJars.First(File.Exists), classes);
        string main = Path.Combine(classes, "DisruptorLab.class");
        if (!File.Exists(main) || sources.Max(File.GetLastWriteTimeUtc) > File.GetLastWriteTimeUtc(main))
        {
            Directory.CreateDirectory(classes);
            using Process compiler = Process.Start(new ProcessStartInfo(OnPath("javac")!, ["-d", classes, "-cp", path, .. sources]) { RedirectStandardError = true })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0) throw new Lab.LabException($"javac refused benchmarks/java with {path}: {string.Join("; ", errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3))}");
        }

        // A heap that is there from the start and never grows, so that no page fault falls into a run.
        string[] arguments = ["-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC", "-cp", path, "DisruptorLab"];
        return Process.Start(new ProcessStartInfo(OnPath("java")!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Where a jar may be. Who names one gets that or none: another version in its place would be measured under a wrong name.</summary>
    private static string[] Jars(string variable, params string[] usual) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? [named] : usual;

    private static string? NoFile(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named && !File.Exists(named) ? $"{variable} names '{named}', and there is no such file: correct it, or unset it for the installed one." : null;

    private static string? RepositoryFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "benchmarks", "java", "DisruptorLab.java"))) return folder.FullName;
        }

        return null;
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
