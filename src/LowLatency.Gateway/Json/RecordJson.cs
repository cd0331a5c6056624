using System.Runtime.InteropServices;
using LowLatency.Market.Records;

namespace LowLatency.Gateway.Json;

/// <summary>The fields of a record as JSON, without type, symbol and q: the same in an update and as an item of a snapshot.</summary>
internal static class RecordJson
{
    /// <summary>The most bytes that the fields of a record take.</summary>
    public const int MaxBytes = 640;

    /// <summary>Writes the fields, separated by commas, without braces.</summary>
    /// <param name="json">Where to; room for <see cref="MaxBytes"/>.</param>
    /// <param name="record">A published record.</param>
    /// <param name="unit">How the client wants times.</param>
    /// <param name="names">The names that records refer to.</param>
    public static void WriteFields(scoped ref JsonText json, scoped ReadOnlySpan<byte> record, TimeUnit unit, RecordNames names)
    {
        switch ((RecordType)record[0])
        {
            case RecordType.Trade:
                Trade(ref json, in MemoryMarshal.AsRef<TradeRecord>(record), unit, names);
                break;
            case RecordType.Quote or RecordType.BestQuote:
                Quote(ref json, in MemoryMarshal.AsRef<QuoteRecord>(record), unit, names);
                break;
            case RecordType.Bar:
                Bar(ref json, in MemoryMarshal.AsRef<BarRecord>(record), unit);
                break;
            case RecordType.Gap:
                Gap(ref json, in MemoryMarshal.AsRef<GapRecord>(record), unit, names);
                break;
            case RecordType.Imbalance:
                Imbalance(ref json, in MemoryMarshal.AsRef<ImbalanceRecord>(record), unit);
                break;
            case RecordType.Indicator:
                Indicator(ref json, in MemoryMarshal.AsRef<IndicatorRecord>(record), unit);
                break;
            case RecordType.Intensity:
                SignalJson.Intensity(ref json, in MemoryMarshal.AsRef<IntensityRecord>(record), unit);
                break;
            case RecordType.Spike:
                SignalJson.Spike(ref json, in MemoryMarshal.AsRef<SpikeRecord>(record), unit);
                break;
            case RecordType.Reversal:
                SignalJson.Reversal(ref json, in MemoryMarshal.AsRef<ReversalRecord>(record), unit);
                break;
            case RecordType.Alert:
                SignalJson.Alert(ref json, in MemoryMarshal.AsRef<AlertRecord>(record), unit, names);
                break;
        }
    }

    private static void Trade(scoped ref JsonText json, in TradeRecord trade, TimeUnit unit, RecordNames names)
    {
        if (trade.TradeId != 0)
        {
            json.Raw("\"i\":\""u8);
            json.Integer(trade.TradeId);
            json.Raw("\","u8);
        }

        json.Raw("\"a\":\""u8);
        json.Raw(trade.Aggressor switch { > 0 => (byte)'B', < 0 => (byte)'S', _ => (byte)'N' });
        json.Raw((byte)'"');
        json.NumberUnlessNaN(",\"p\":"u8, trade.Price);
        json.NumberUnlessNaN(",\"s\":"u8, trade.Size);
        if (trade.Conditions != 0)
        {
            json.Raw(",\"c\":"u8);
            json.Integer(trade.Conditions);
        }

        json.Raw(",\"t\":"u8);
        json.Time(trade.Header.EventNs, unit);
        Received(ref json, in trade.Header, unit, names);
    }

    private static void Quote(scoped ref JsonText json, in QuoteRecord quote, TimeUnit unit, RecordNames names)
    {
        json.Raw("\"t\":"u8);
        json.Time(quote.Header.EventNs, unit);
        json.NumberUnlessNaN(",\"bp\":"u8, quote.Bid);
        json.NumberUnlessNaN(",\"bs\":"u8, quote.BidSize);
        json.NumberUnlessNaN(",\"ap\":"u8, quote.Ask);
        json.NumberUnlessNaN(",\"as\":"u8, quote.AskSize);
        Received(ref json, in quote.Header, unit, names);
    }

    private static void Bar(scoped ref JsonText json, in BarRecord bar, TimeUnit unit)
    {
        json.Raw("\"t\":"u8);
        json.Time(bar.StartNs, unit);
        json.Raw(",\"o\":"u8);
        json.Number(bar.Open);
        json.Raw(",\"h\":"u8);
        json.Number(bar.High);
        json.Raw(",\"l\":"u8);
        json.Number(bar.Low);
        json.Raw(",\"c\":"u8);
        json.Number(bar.Close);
        json.Raw(",\"v\":"u8);
        json.Number(bar.Volume);
        json.Raw(",\"n\":"u8);
        json.Integer(bar.Count);
        json.Raw(",\"vw\":"u8);
        json.Number(bar.Vwap);
        json.NumberUnlessNaN(",\"bv\":"u8, bar.BuyVolume);
        if (bar.Level != 0)
        {
            json.Raw(",\"lv\":"u8);
            json.Integer((long)bar.Level);
        }

        json.Raw(bar.State == BarState.Open ? ",\"x\":false,\"rev\":"u8 : ",\"x\":true,\"rev\":"u8);
        json.Integer(bar.Revision);
        json.Raw(bar.Why switch
        {
            RevisionReason.Late => ",\"why\":\"late\""u8,
            RevisionReason.Cancel => ",\"why\":\"cancel\""u8,
            RevisionReason.Correction => ",\"why\":\"correction\""u8,
            _ => [],
        });
    }

    private static void Gap(scoped ref JsonText json, in GapRecord gap, TimeUnit unit, RecordNames names)
    {
        json.Raw("\"t\":"u8);
        json.Time(gap.Header.EventNs, unit);
        json.Raw(",\"from\":"u8);
        json.Integer(gap.FirstMissing);
        json.Raw(",\"to\":"u8);
        json.Integer(gap.FirstMissing + gap.Count - 1);
        json.Raw(",\"cnt\":"u8);
        json.Integer(gap.Count);
        Received(ref json, in gap.Header, unit, names);
    }

    private static void Imbalance(scoped ref JsonText json, in ImbalanceRecord imbalance, TimeUnit unit)
    {
        json.Raw("\"t\":"u8);
        json.Time(imbalance.StartNs, unit);
        json.NumberUnlessNaN(",\"theta\":"u8, imbalance.Theta);
        json.NumberUnlessNaN(",\"threshold\":"u8, imbalance.Threshold);
    }

    private static void Indicator(scoped ref JsonText json, in IndicatorRecord indicator, TimeUnit unit)
    {
        json.Raw("\"t\":"u8);
        json.Time(indicator.StartNs, unit);
        json.Raw(",\"v\":["u8);
        ReadOnlySpan<double> values = indicator.Values;
        int count = Math.Min((int)indicator.Count, values.Length);
        for (int i = 0; i < count; i++)
        {
            if (i != 0) json.Raw((byte)',');
            json.Number(values[i]);
        }

        json.Raw("],\"rev\":"u8);
        json.Integer(indicator.Revision);
        if ((indicator.Header.Flags & RecordFlags.Provisional) != 0) json.Raw(",\"prov\":true"u8);
    }

    private static void Received(scoped ref JsonText json, in RecordHeader header, TimeUnit unit, RecordNames names)
    {
        if (header.ReceiveNs != 0)
        {
            json.Raw(",\"r\":"u8);
            json.Time(header.ReceiveNs, unit);
        }

        ReadOnlySpan<byte> source = names.Source(header.Source);
        if (source.Length != 0)
        {
            json.Raw(",\"src\":"u8);
            json.Raw(source);
        }

        if (header.Flags != RecordFlags.None) Flags(ref json, header.Flags);
    }

    private static void Flags(scoped ref JsonText json, RecordFlags flags)
    {
        if ((flags & RecordFlags.Late) != 0) json.Raw(",\"late\":true"u8);
        if ((flags & RecordFlags.Suspect) != 0) json.Raw(",\"susp\":true"u8);
        if ((flags & RecordFlags.Confirmed) != 0) json.Raw(",\"conf\":true"u8);
        if ((flags & RecordFlags.SourceSuspect) != 0) json.Raw(",\"ssusp\":true"u8);
        if ((flags & RecordFlags.AggressorDerived) != 0) json.Raw(",\"der\":true"u8);
    }
}
