using System.Diagnostics;

namespace LowLatency.Core.Tests.Histograms;

/// <summary>Runs a Java program against the Java library of HdrHistogram, where both are installed.</summary>
internal sealed class JavaTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Where Debian's libhdrhistogram-java puts it; the variable is for other places.
    private static readonly string?[] Jars = [Environment.GetEnvironmentVariable("HDRHISTOGRAM_JAR"), "/usr/share/java/HdrHistogram.jar", "/usr/share/java/hdrhistogram.jar"];

    private readonly string _java;
    private readonly string _jar;

    private JavaTools(string java, string jar) => (_java, _jar) = (java, jar);

    /// <summary>What is installed; skips the test by name where something is missing.</summary>
    public static JavaTools FindOrSkip()
    {
        // A single source file runs without a step of its own, given a compiler: javac comes with one.
        string? java = OnPath("javac") is { } javac ? Path.Combine(Path.GetDirectoryName(javac)!, "java") : null;
        string? jar = Jars.FirstOrDefault(File.Exists);
        if (java is null || !File.Exists(java)) Assert.Skip("No Java compiler is installed (Debian: default-jdk-headless).");
        if (jar is null) Assert.Skip("The Java library HdrHistogram is not installed (Debian: libhdrhistogram-java); HDRHISTOGRAM_JAR names it elsewhere.");
        return new JavaTools(java, jar);
    }

    /// <summary>Compiles and runs a program, and returns its standard output.</summary>
    public string Run(string folder, string source, params string[] arguments)
    {
        string file = Path.Combine(folder, "Program.java");
        File.WriteAllText(file, source);
        using Process process = Process.Start(new ProcessStartInfo(_java, ["-XX:TieredStopAtLevel=1", "-cp", _jar, file, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"Java did not end within {Patience}.");
        }

        Assert.True(process.ExitCode == 0, $"Java ended with {process.ExitCode}: {errors.GetAwaiter().GetResult()}");
        return output.GetAwaiter().GetResult();
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
