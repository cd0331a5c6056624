using LowLatency.Analytics.Indicators;
using LowLatency.Market.Records;

namespace LowLatency.Analytics.Tests.Indicators;

public sealed class IndicatorRegistryTests
{
    [Theory]
    [InlineData(" sma ( 20 ) ", "sma(20)")]
    [InlineData("RSI", "rsi(14)")]
    [InlineData("rsi()", "rsi(14)")]
    [InlineData("macd(5)", "macd(5,26,9)")]
    [InlineData("obv", "obv")]
    [InlineData("obv()", "obv")]
    [InlineData("vwap", "vwap(0)")]
    [InlineData("zlema(9)", "zlma(9)")]
    [InlineData("bbands(20, 2.5)", "bbands(20,2.5)")]
    [InlineData("ema(20, of: rsi(14))", "ema(20,rsi(14))")]
    [InlineData("ema(20, rsi)", "ema(20,rsi(14))")]
    [InlineData("ema(of: hlc3)", "ema(20,hlc3)")]
    [InlineData("ema(20, close)", "ema(20)")]
    [InlineData("zlma(20, volume)", "zlma(20,volume)")]
    [InlineData("ema(9, macd(12,26,9).signal)", "ema(9,macd(12,26,9).signal)")]
    [InlineData("ema(9, macd(12,26,9))", "ema(9,macd(12,26,9).macd)")]
    [InlineData("sma(3, of: ema(9, of: rsi(14, of: high)))", "sma(3,ema(9,rsi(14,high)))")]
    [InlineData("ema(20, seed: first)", "ema(20,seed=first)")]
    [InlineData("ema(seed=mean)", "ema(20)")]
    [InlineData("ema(seed = first, of: rsi(14))", "ema(20,seed=first,rsi(14))")]
    [InlineData("OBV(Start=Volume)", "obv(start=volume)")]
    [InlineData("macd(5, seed=first)", "macd(5,26,9,seed=first)")]
    public void Should_Read_A_Name_And_Give_It_In_Full(string text, string name)
    {
        Indicator indicator = IndicatorRegistry.Create(text);
        Assert.Equal(name, indicator.Spec.Name);
        Assert.Equal(name, IndicatorRegistry.Create(name).Spec.Name);
    }

    [Theory]
    [InlineData("", "is not an indicator; write name(parameters)")]
    [InlineData("(14)", "is not an indicator")]
    [InlineData("rsi(0)", "rsi(length): length is a whole number from 2 to 10000, not '0'")]
    [InlineData("rsi(2.5)", "not '2.5'")]
    [InlineData("rsi(1e9)", "not '1e9'")]
    [InlineData("rsi(x)", "there is no indicator 'x'")]
    [InlineData("rsi(1", "from 2 to 10000")]
    [InlineData("rsi(14", "there is no ')'")]
    [InlineData("rsi(14,)", "there is no ')'")]
    [InlineData("rsi(14)x", "'x' is left over")]
    [InlineData("rsi(14).value", "an output is chosen only of an indicator inside another")]
    [InlineData("rsi(14,2)", "takes 1 parameter(s), and '2' is one more")]
    [InlineData("rsii(14)", "did you mean rsi?")]
    [InlineData("quack(14)", "known: adl, adosc, adx")]
    [InlineData("ema(20, of: rsii(14))", "'ema(20, of: rsii(14))': there is no indicator 'rsii'; did you mean rsi?")]
    [InlineData("ema(20, of: rsi(14), 3)", "nothing comes after what ema is computed on")]
    [InlineData("ema(20, macd(12,26,9).signl)", "has no output 'signl'; did you mean signal? its outputs are macd, signal, hist")]
    [InlineData("atr(14, of: rsi(14))", "atr(length) is computed on bars (High, Low, Close), not on 'rsi'")]
    [InlineData("ema(20,!)", "stands where a parameter")]
    [InlineData("psar(0.02,2)", "most is a number from 0.0001 to 1, not '2'")]
    [InlineData("ema(1,ema(1,ema(1,ema(1,ema(1,ema(1,ema(1,ema(1,ema(1)))))))))", "at most 8 deep")]
    [InlineData("ema(20,seed=frist)", "'ema(20,seed=frist)': ema: seed is mean or first, not 'frist'")]
    [InlineData("ema(20,sed=first)", "ema has no choice 'sed'; did you mean seed? known: seed=mean|first")]
    [InlineData("sma(20,seed=first)", "sma has no choice 'seed'; it has none")]
    [InlineData("ema(seed=first,seed=mean)", "seed is there twice")]
    [InlineData("ema(seed=)", "seed is mean or first, not ''")]
    [InlineData("ema(20,rsi(14),seed=first)", "nothing comes after what ema is computed on")]
    public void Should_Say_What_Is_Wrong_With_A_Name(string name, string part)
    {
        Assert.False(IndicatorRegistry.TryCreate(name, out Indicator? indicator, out string? mistake));
        Assert.Null(indicator);
        Assert.Contains(part, mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_Have_Room_For_All_Outputs_In_A_Record() =>
        Assert.All(IndicatorRegistry.Definitions, d => Assert.InRange(d.Outputs.Count, 1, IndicatorValues.Capacity));

    [Fact]
    public void Should_Name_Each_Indicator_Once() =>
        Assert.Equal(IndicatorRegistry.Definitions.Count, IndicatorRegistry.Definitions.Select(d => d.Name).Distinct().Count());

    [Fact]
    public void Should_Know_Other_Names_Only_Of_What_There_Is() =>
        Assert.All(IndicatorRegistry.Aliases, a => Assert.Contains(IndicatorRegistry.Definitions, d => d.Name == a.Value));

    [Fact]
    public void Should_Allow_Its_Own_Defaults() =>
        Assert.All(IndicatorRegistry.Definitions, d => Assert.All(d.Parameters, p => Assert.True(p.Allows(p.Default), $"{d.Name}: {p.Name}")));
}
