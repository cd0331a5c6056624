using LowLatency.Analytics.Alerts;
using LowLatency.Engine.Settings;
using LowLatency.Market.Settings;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Tests.Settings;

public class AlertSettingsTests
{
    [Fact]
    public void Should_Take_Rules_In_One_Text() =>
        Assert.Equal(["rsi(14) crosses_above 70 on 1m", "spread_bps > 5 for 10s"], Read(("alerts", "rsi(14) crosses_above 70 on 1m; spread_bps > 5 for 10s;")).Alerts.Select(a => a.Rule));

    [Fact]
    public void Should_Take_A_List_Of_Texts_And_Groups()
    {
        AlertSettings[] alerts = Read(
            ("alerts:0", "gap"), ("alerts:1:name", "hot"), ("alerts:1:rule", "rsi(14) > 70 on 1m"), ("alerts:1:symbols", "SPY;*USDT"), ("alerts:1:cooldown_seconds", "0.5")).Alerts;
        Assert.Equal(["gap", "rsi(14) > 70 on 1m"], alerts.Select(a => a.Rule));
        Assert.Equal(("hot", 0.5), (alerts[1].Name, alerts[1].CooldownSeconds));
        Assert.Equal(["SPY", "*USDT"], alerts[1].Symbols);
    }

    [Theory]
    [InlineData("alerts", "gap; rsi(21) > 70 on 1m", "alerts.1.rule: at character 1: rsi(21) is not computed: add it to the setting indicators")]
    [InlineData("alerts", "rsi(14) > 70 on 7m", "alerts.0.rule: at character 17: bars of 7m are not built: add 7m to the setting bars.intervals")]
    [InlineData("alerts:0:name", "nothing", "alerts.0.rule: at character 1: there is no rule")]
    [InlineData("alerts:0:rul", "gap", "alerts.0.rul: there is no such setting; did you mean rule?")]
    [InlineData("alerts:0:cooldown", "5", "alerts.0.cooldown: there is no such setting; did you mean cooldown_seconds?")]
    [InlineData("alerts", "theta > 3 on ib", "alerts.0.rule: at character 14: bars of ib are not built: set bars.imbalance_t0, or take one of 1s, ")]
    [InlineData("alerts:0:cooldown_seconds", "-1", "alerts.0.cooldown_seconds: -1 is out of range; allowed is 0 to 31536000")]
    [InlineData("alert", "gap", "alert: there is no such setting; did you mean alerts?")]
    [InlineData("instrument_classes", "SPY", "instrument_classes: is a list of groups of settings (symbols, calendar, outlier_log_return, intensity, reversals), not the value 'SPY'; write instrument_classes.0.symbols and so on")]
    public void Should_Name_What_Is_Wrong(string key, string value, string mistake) =>
        Assert.Contains(Assert.Throws<SettingsException>(() => Read((key, value))).Mistakes, m => m.StartsWith(mistake, StringComparison.Ordinal));

    [Fact]
    public void Should_Name_A_Member_Of_A_List_As_Configuration_Does() =>
        Assert.Equal(
            ["indicators.7: 'rsii(14)': there is no indicator 'rsii'", "alerts.5.rule: at character 1: there is no value 'prise'"],
            Assert.Throws<SettingsException>(() => Read(("alerts:0", "gap"), ("alerts:5:rule", "prise > 1"), ("indicators:2", "sma(20)"), ("indicators:7", "rsii(14)"))).Mistakes.Select(m => m.Split(';')[0]));

    [Fact]
    public void Should_Not_Pass_Over_A_Name_Beside_A_Text() =>
        Assert.Contains("alerts.0: is a group of settings", Assert.Throws<SettingsException>(() => Read(("alerts:0", "gap"), ("alerts:0:name", "hole"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Should_Know_What_Is_Off() =>
        Assert.StartsWith("alerts.0.rule: at character 1: there is no spike or reversal while the setting intensity.enabled is off", Assert.Throws<SettingsException>(() => Read(("alerts", "spike begins"), ("intensity:enabled", "false"))).Message, StringComparison.Ordinal);

    private static LowLatencySettings Read(params (string Key, string Value)[] sets) =>
        LowLatencySettings.Read(new ConfigurationBuilder().AddInMemoryCollection(sets.Select(s => KeyValuePair.Create($"LowLatency:{s.Key}", (string?)s.Value))).Build());
}
