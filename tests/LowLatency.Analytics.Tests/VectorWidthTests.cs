using System.Diagnostics;

namespace LowLatency.Analytics.Tests;

/// <summary>
/// The tests that hold what is vectorised to its scalar twin, run again in processes that see a processor with narrower vectors or none: batch forms of indicators, lanes of bars,
/// the window of outliers. Together with the replay's test of streaming this says that batch forms give the same bits whatever the width.
/// </summary>
public sealed class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task Should_Pass_With_Narrower_Vectors(string switchedOff)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = AppContext.BaseDirectory };
        string[] arguments =
        [
            typeof(VectorWidthTests).Assembly.Location, "-method", "*.Should_Give_The_Same_Bits_By_Vectors_As_Bar_By_Bar", "-method", "*.Should_Equal_The_Golden_Values_In_Batch_And_Bar_By_Bar",
            "-method", "*.Should_Equal_Bars_Rebuilt_From_The_Surviving_Trades_Whatever_The_Stream_And_The_Batches", "-method", "*.Should_Judge_As_The_Lower_Median_Does",
            "-method", "*.Should_Have_The_Same_Bits_Everywhere",
        ];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.Environment[switchedOff] = "0";
        using Process process = Process.Start(start)!;
        string told = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, told);
        Assert.Matches("Total: [1-9][0-9]+, Errors: 0, Failed: 0, Skipped: 0", told);
    }
}
