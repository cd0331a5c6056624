using System.Diagnostics;

namespace LowLatency.Host.Tests;

/// <summary>run.sh on machines that lack something: with a PATH of its own, and a stand-in for dotnet that behaves as one without SDK or network would.</summary>
public sealed class RunScriptTests : IDisposable
{
    private static readonly string[] Tools =
        ["bash", "env", "find", "sort", "cksum", "cat", "mkdir", "dirname", "grep", "tr", "cut", "paste", "head", "tail", "sed", "awk", "tee", "rm", "cp", "ls", "mv", "uname"];

    private readonly string _root = Directory.CreateTempSubdirectory("lowlatency-run-").FullName;
    private readonly string _path;

    public RunScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "run.sh needs a POSIX shell");
        _path = Directory.CreateDirectory(Path.Combine(_root, "path")).FullName;
        foreach (string tool in Tools)
        {
            string? found = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
            Assert.SkipWhen(found is null, $"{tool} is not installed");
            File.CreateSymbolicLink(Path.Combine(_path, tool), found!);
        }

        File.Copy(Path.Combine(Repository(), "run.sh"), Path.Combine(_root, "run.sh"));
        foreach (string folder in new[] { "src/dashboard", "benchmarks", "tests", "configs" }) Directory.CreateDirectory(Path.Combine(_root, folder));
        foreach (string file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "LowLatency.sln" }) File.WriteAllText(Path.Combine(_root, file), "");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Should_Say_In_One_Line_That_Dotnet_Is_Missing()
    {
        (int exit, string output, string errors) = Run();
        Assert.Equal(1, exit);
        Assert.Empty(output);
        Assert.Equal("dotnet is not installed: LowLatency needs the .NET 10 SDK (https://dot.net).", LastLine(errors));
    }

    [Fact]
    public void Should_Name_The_Sdk_That_Is_Too_Old()
    {
        Dotnet("case $1 in --version) echo 'A compatible .NET SDK was not found.'; exit 145;; --list-sdks) echo '8.0.404 [/usr/share/dotnet/sdk]';; esac");
        (int exit, _, string errors) = Run();
        Assert.Equal(1, exit);
        Assert.Contains("The .NET 10 SDK is not installed (found: 8.0.404)", LastLine(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Say_That_No_Package_Source_Can_Be_Reached()
    {
        Dotnet("case $1 in --version) echo 10.0.100;; restore) echo 'error NU1301: Unable to load the service index for source.'; exit 1;; esac");
        (int exit, _, string errors) = Run();
        Assert.Equal(1, exit);
        Assert.StartsWith("The restore failed: no package source can be reached.", LastLine(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Name_The_First_Error_Of_A_Failed_Build()
    {
        Dotnet("case $1 in --version) echo 10.0.100;; build) echo 'A.cs(1,1): error CS1002: ; expected [x.csproj]'; exit 1;; esac");
        (int exit, _, string errors) = Run();
        Assert.Equal(1, exit);
        Assert.Contains("error CS1002: ; expected", LastLine(errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Run_Without_The_Page_Where_Npm_Is_Missing()
    {
        Dotnet("case $1 in --version) echo 10.0.100;; restore|build) ;; *) echo \"ran $2 $3\";; esac");
        (int exit, string output, string errors) = Run("--port", "0");
        Assert.Equal((0, "ran --port 0"), (exit, LastLine(output)));
        Assert.Contains("The page is not built: npm is not installed", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Run_Without_The_Native_Library_Where_Cmake_Is_Missing_Or_Fails()
    {
        NativeSource();
        Dotnet("case $1 in --version) echo 10.0.100;; restore|build) ;; *) echo \"ran $2\";; esac");
        (int exit, string output, string errors) = Run("doctor");
        Assert.Equal((0, "ran doctor"), (exit, LastLine(output)));
        Assert.Contains("The native library is not built: it takes cmake and a C compiler.", errors, StringComparison.Ordinal);
        StandIn("cc", "exit 0");
        StandIn("cmake", "echo broken; exit 1");
        (exit, output, errors) = Run("doctor");
        Assert.Equal((0, "ran doctor"), (exit, LastLine(output)));
        Assert.Contains("The native library is not built: cmake failed (", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Build_The_Native_Library_Once_Until_Its_Source_Changes()
    {
        NativeSource();
        Dotnet("case $1 in --version) echo 10.0.100;; restore|build) ;; *) echo \"ran $2\";; esac");
        StandIn("cc", "exit 0");
        StandIn("cmake", "if [ \"$1\" = --build ]; then echo built >\"$2/liblowlatency.so\"; fi");
        Assert.Contains("Building the native library", Run("doctor").Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_root, "artifacts", "native", "liblowlatency.so")));
        Assert.DoesNotContain("native library", Run("doctor").Errors, StringComparison.Ordinal);
        File.AppendAllText(Path.Combine(_root, "native", "CMakeLists.txt"), "changed");
        Assert.Contains("Building the native library", Run("doctor").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_An_Unknown_Command_And_Name_The_Known_Ones()
    {
        (int exit, _, string errors) = Run("explode");
        Assert.Equal(1, exit);
        Assert.Contains("There is no command 'explode': ./run.sh [test|engine|fanout|writer|driver|db|replay|stat|bench|pack|doctor]", LastLine(errors), StringComparison.Ordinal);
    }

    private void NativeSource()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the native library is built on Linux");
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "native")).FullName, "CMakeLists.txt"), "");
    }

    private static string LastLine(string text) => text.TrimEnd().Split('\n')[^1];

    private static string Repository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "run.sh"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("run.sh is in no folder above the tests");
    }

    private void Dotnet(string script) => StandIn("dotnet", script);

    private void StandIn(string program, string script)
    {
        string path = Path.Combine(_path, program);
        File.WriteAllText(path, "#!/usr/bin/env bash\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_path, "bash"), [Path.Combine(_root, "run.sh"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = _path;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
