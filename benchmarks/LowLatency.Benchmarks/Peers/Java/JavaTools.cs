using System.Diagnostics;

namespace LowLatency.Benchmarks.Peers.Java;

/// <summary>What of Java is installed, and the harness compiled with it.</summary>
internal static class JavaTools
{
    private static readonly string?[] DisruptorJars = [Environment.GetEnvironmentVariable("DISRUPTOR_JAR"), "/usr/share/java/disruptor.jar"];
    private static readonly string?[] HistogramJars = [Environment.GetEnvironmentVariable("HDRHISTOGRAM_JAR"), "/usr/share/java/HdrHistogram.jar", "/usr/share/java/hdrhistogram.jar"];

    /// <summary>What is missing and what to install; null when nothing is.</summary>
    public static string? Missing()
    {
        if (OnPath("javac") is null || OnPath("java") is null) return "java and javac are not installed (Debian: default-jdk-headless).";
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
        return names.Select(name => Path.GetFileNameWithoutExtension(name).Replace("disruptor-", "", StringComparison.Ordinal)).FirstOrDefault(name => char.IsDigit(name[0])) ?? "";
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
            if (compiler.ExitCode != 0) throw new Lab.LabException($"javac refused benchmarks/java: {errors}");
        }

        // A heap that is there from the start and never grows, so that no page fault falls into a run.
        string[] arguments = ["-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC", "-cp", path, "DisruptorLab"];
        return Process.Start(new ProcessStartInfo(OnPath("java")!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

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
