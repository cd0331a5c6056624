using LowLatency.Analytics.Intensity;
using LowLatency.Analytics.Reversals;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Signals;

/// <summary>Settings that change while trades come: what is kept, what warms up again.</summary>
public sealed class SettingsChangeTests
{
    private static readonly TickRecord[] Script = SignalBuilderTests.Walk(11, 3_000);

    [Fact]
    public void Should_Change_Nothing_When_The_Settings_Are_The_Same()
    {
        SignalRun expected = Whole(SignalBuilderTests.Small());
        SignalRun changed = ChangedAt(1_500, _ => { });
        Assert.Equal(expected.Samples, changed.Samples);
        Assert.Equal(expected.Spikes, changed.Spikes);
        Assert.Equal(expected.Reversals, changed.Reversals);
    }

    public static TheoryData<string> Immediate => ["cv_lambda", "cv_max", "recent_weight", "elapsed_floor_seconds", "minimum_bps_per_second"];

    [Theory]
    [MemberData(nameof(Immediate))]
    public void Should_Let_Factors_Count_From_The_Next_Trade_On_Without_Losing_A_Value(string setting)
    {
        SignalRun run = ChangedAt(1_500, s => Set(s, setting));
        IntensitySettings settings = SignalBuilderTests.Small();
        Set(settings, setting);
        Assert.Equal(Whole(SignalBuilderTests.Small()).Samples.Take(1_500), run.Samples.Take(1_500));
        Assert.DoesNotContain(run.Samples.Skip(1_500), s => double.IsNaN(s.Buffer));
        // As if it had always been so, as soon as the windows hold nothing older.
        IntensityRecord[] always = [.. Whole(settings).Samples.Skip(2_500)];
        Assert.All(run.Samples.Skip(2_500).Zip(always), pair => Assert.Equal(pair.Second.Buffer, pair.First.Buffer, 1e-9 * pair.Second.Buffer));
        Assert.NotEqual(Whole(SignalBuilderTests.Small()).Samples[1_500..], run.Samples[1_500..]);
    }

    [Fact]
    public void Should_Keep_The_Newest_Of_A_Window_That_Becomes_Shorter()
    {
        SignalRun run = ChangedAt(1_500, s => (s.Window, s.Recent) = (30, 3));
        IntensitySettings settings = SignalBuilderTests.Small();
        (settings.Window, settings.Recent) = (30, 3);
        // Base and buffer are at once what they would be had the window always been so.
        Assert.All(run.Samples.Zip(Whole(settings).Samples).Skip(1_500), pair => Assert.Equal(pair.Second.Buffer, pair.First.Buffer, 1e-12 * pair.Second.Buffer));
    }

    [Fact]
    public void Should_Fill_A_Window_That_Becomes_Longer_From_What_It_Has()
    {
        SignalRun run = ChangedAt(1_500, s => s.Window = 100);
        // 60 values are there, 40 are missing.
        Assert.All(run.Samples[1_500..1_540], s => Assert.True(double.IsNaN(s.Buffer)));
        Assert.All(run.Samples[1_540..], s => Assert.False(double.IsNaN(s.Buffer)));
        IntensitySettings settings = SignalBuilderTests.Small();
        settings.Window = 100;
        Assert.All(run.Samples.Zip(Whole(settings).Samples).Skip(1_540), pair => Assert.Equal(pair.Second.Buffer, pair.First.Buffer, 1e-12 * pair.Second.Buffer));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(10, 0)]
    [InlineData(25, 15)]
    public void Should_Keep_The_Newest_Moves_Of_The_Path(int moves, int missing)
    {
        SignalRun run = ChangedAt(1_500, s => s.PathTrades = moves);
        Assert.Equal(missing, run.Samples.Skip(1_500).TakeWhile(s => double.IsNaN(s.PathBps)).Count());
        IntensitySettings settings = SignalBuilderTests.Small();
        settings.PathTrades = moves;
        Assert.All(run.Samples.Zip(Whole(settings).Samples).Skip(1_500 + missing), pair => Assert.Equal(pair.Second.Intensity, pair.First.Intensity, 1e-12 * pair.Second.Intensity));
    }

    [Fact]
    public void Should_Go_On_From_An_Averages_Value_And_Warm_Up_Another_Smoothing()
    {
        SignalRun run = ChangedAt(1_500, s => s.SmoothingLength = 9);
        Assert.DoesNotContain(run.Samples.Skip(1_500), s => double.IsNaN(s.Smoothed));
        double before = run.Samples[1_499].Smoothed;
        Assert.Equal(before + (0.2 * (run.Samples[1_500].Intensity - before)), run.Samples[1_500].Smoothed, 1e-12 * before);
        run = ChangedAt(1_500, s => s.Smoothing = Smoothing.Sma);
        Assert.Equal(4, run.Samples.Skip(1_500).TakeWhile(s => double.IsNaN(s.Smoothed)).Count());
        // The buffer keeps what it has.
        Assert.DoesNotContain(run.Samples.Skip(1_500), s => double.IsNaN(s.Buffer));
    }

    [Fact]
    public void Should_Let_Thresholds_Of_The_Reversals_Count_At_Once()
    {
        var run = new SignalRun(SignalBuilderTests.Small(), SignalBuilderTests.Fast());
        run.AddInBatches(Script[..1_500], [64]);
        int before = run.Reversals.Count(r => r.Version != 1);
        Assert.True(before > 5);
        ReversalSettings settings = SignalBuilderTests.Fast();
        (settings.V2.Retrace, settings.V3.VolumeRatio, settings.V4.VolumeRatio) = (10, 1000, 1000);
        run.Builder.Change(SignalBuilderTests.Small(), settings);
        run.AddInBatches(Script[1_500..], [64]);
        Assert.Equal(before, run.Reversals.Count(r => r.Version != 1));
    }

    [Fact]
    public void Should_Refuse_What_Cannot_Change_And_Keep_What_Was()
    {
        var run = new SignalRun(SignalBuilderTests.Small(), SignalBuilderTests.Fast());
        ReversalSettings other = SignalBuilderTests.Fast();
        other.V3.Low = "2s";
        Assert.Contains("reversals.v3.low", Assert.Throws<ArgumentException>(() => run.Builder.Change(SignalBuilderTests.Small(), other)).Message, StringComparison.Ordinal);
        IntensitySettings wrong = SignalBuilderTests.Small();
        wrong.Recent = wrong.Window;
        Assert.Contains("intensity.recent", Assert.Throws<ArgumentException>(() => run.Builder.Change(wrong, SignalBuilderTests.Fast())).Message, StringComparison.Ordinal);
        run.AddInBatches(Script, [64]);
        Assert.Equal(Whole(SignalBuilderTests.Small()).Spikes, run.Spikes);
    }

    private static void Set(IntensitySettings settings, string name)
    {
        switch (name)
        {
            case "cv_lambda":
                settings.CvLambda = 0.1;
                break;
            case "cv_max":
                settings.CvMax = 0.2;
                break;
            case "recent_weight":
                settings.RecentWeight = 0.9;
                break;
            case "elapsed_floor_seconds":
                settings.ElapsedFloorSeconds = 2;
                break;
            default:
                settings.MinimumBpsPerSecond = 1e6;
                break;
        }
    }

    private static SignalRun Whole(IntensitySettings settings)
    {
        var run = new SignalRun(settings, SignalBuilderTests.Fast());
        run.AddInBatches(Script, [64]);
        return run;
    }

    private static SignalRun ChangedAt(int trades, Action<IntensitySettings> change)
    {
        var run = new SignalRun(SignalBuilderTests.Small(), SignalBuilderTests.Fast());
        run.AddInBatches(Script[..trades], [64]);
        IntensitySettings settings = SignalBuilderTests.Small();
        change(settings);
        run.Builder.Change(settings, SignalBuilderTests.Fast());
        run.AddInBatches(Script[trades..], [64]);
        return run;
    }
}
