using System.Diagnostics;
using LowLatency.Core.Clocks;
using LowLatency.Core.Native;

namespace LowLatency.Core.Tests.Native;

public sealed class NativeFactoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lowlatency-native-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Should_Use_The_Library_Where_It_Is()
    {
        Assert.True(NativeFactory.Choose(NativeMode.Auto, null, "here.so").IsNative);
        NativeFactory on = NativeFactory.Choose(NativeMode.On, null, "here.so");
        Assert.True(on.IsNative);
        Assert.Contains("here.so", on.Reason, StringComparison.Ordinal);
        Assert.False(NativeFactory.Choose(NativeMode.Off, null, "here.so").IsNative);
    }

    [Fact]
    public void Should_Use_The_Twins_Where_It_Is_Not_And_Say_Why()
    {
        NativeFactory factory = NativeFactory.Choose(NativeMode.Auto, "it is gone", "");
        Assert.False(factory.IsNative);
        Assert.Contains("it is gone", factory.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Refuse_To_Go_On_Without_It_When_It_Is_Asked_For() =>
        Assert.Contains("it is gone", Assert.Throws<InvalidOperationException>(() => NativeFactory.Choose(NativeMode.On, "it is gone", "")).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_Use_The_System_Clock_Without_The_Library_And_Say_Why()
    {
        NativeFactory twins = NativeFactory.Choose(NativeMode.Auto, "it is gone", "");
        ClockChoice choice = twins.CreateClock(ClockKind.Auto);
        Assert.Same(SystemClock.Instance, choice.Clock);
        Assert.Contains("it is gone", choice.Reason, StringComparison.Ordinal);
        Assert.Contains("it is gone", Assert.Throws<InvalidOperationException>(() => twins.CreateClock(ClockKind.Tsc)).Message, StringComparison.Ordinal);
        Assert.Same(SystemClock.Instance, twins.CreateClock(ClockKind.System).Clock);
    }

    [Fact]
    public void Should_Say_That_A_File_Is_No_Library()
    {
        File.WriteAllText(Path.Combine(_folder, NativeLoader.FileName), "not a library");
        (nint handle, _, string? problem) = NativeLoader.Load(_folder);
        Assert.Equal(0, handle);
        Assert.Contains("cannot be loaded", problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem!);
    }

    [Theory]
    [InlineData("int ll_abi_version(void) { return 999; }", "ABI version 999")]
    [InlineData("int something_else(void) { return 1; }", "has no ll_abi_version")]
    public void Should_Refuse_A_Library_Of_Another_Version(string source, string named)
    {
        Compile(source);
        (nint handle, _, string? problem) = NativeLoader.Load(_folder);
        Assert.Equal(0, handle);
        Assert.Contains(named, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Find_The_Kernels_Word_On_The_Counter()
    {
        string list = Path.Combine(_folder, "available_clocksource");
        Assert.True(ClockChoice.KernelTrustsTsc(list));
        File.WriteAllText(list, "tsc kvm-clock \n");
        Assert.True(ClockChoice.KernelTrustsTsc(list));
        File.WriteAllText(list, "kvm-clock tsc-early acpi_pm\n");
        Assert.False(ClockChoice.KernelTrustsTsc(list));
    }

    private void Compile(string source)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "libraries are compiled on Linux here");
        string file = Path.Combine(_folder, "other.c");
        File.WriteAllText(file, source);
        string? compiler = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "cc")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(compiler is null, "no C compiler is installed");
        using Process process = Process.Start(compiler!, ["-shared", "-fPIC", "-o", Path.Combine(_folder, NativeLoader.FileName), file]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
