using LowLatency.Market.Records;

namespace LowLatency.Gateway.Json;

/// <summary>The fields of intensity, spikes, reversals and alerts as JSON; what is not warmed up or not known is left out.</summary>
internal static class SignalJson
{
    public static void Intensity(scoped ref JsonText json, in IntensityRecord sample, TimeUnit unit)
    {
        json.Raw("\"k\":"u8);
        json.Integer(sample.K);
        json.Raw(",\"t\":"u8);
        json.Time(sample.Header.EventNs, unit);
        json.Raw(",\"p\":"u8);
        json.Number(sample.Price);
        json.NumberUnlessNaN(",\"path\":"u8, sample.PathBps);
        json.NumberUnlessNaN(",\"net\":"u8, sample.NetBps);
        json.NumberUnlessNaN(",\"el\":"u8, sample.ElapsedSeconds);
        json.NumberUnlessNaN(",\"x\":"u8, sample.Intensity);
        json.NumberUnlessNaN(",\"e\":"u8, sample.PathBps == 0 ? 0 : sample.NetBps / sample.PathBps);
        json.NumberUnlessNaN(",\"sx\":"u8, sample.Smoothed);
        json.NumberUnlessNaN(",\"base\":"u8, sample.Base);
        json.NumberUnlessNaN(",\"cv\":"u8, sample.Cv);
        json.NumberUnlessNaN(",\"buf\":"u8, sample.Buffer);
        json.Raw(sample.SpikeOn != 0 ? ",\"on\":true,\"d\":"u8 : ",\"on\":false,\"d\":"u8);
        json.Integer((long)sample.Direction);
    }

    public static void Spike(scoped ref JsonText json, in SpikeRecord spike, TimeUnit unit)
    {
        json.Raw(spike.State switch
        {
            SpikeState.Begin => "\"state\":\"begin\",\"t\":"u8,
            SpikeState.End => "\"state\":\"end\",\"t\":"u8,
            _ => "\"state\":\"open\",\"t\":"u8,
        });
        json.Time(spike.Header.EventNs, unit);
        json.Raw(",\"t0\":"u8);
        json.Time(spike.StartNs, unit);
        json.Raw(",\"k\":"u8);
        json.Integer(spike.K);
        json.Raw(",\"d\":"u8);
        json.Integer((long)spike.Direction);
        json.Raw(",\"p\":"u8);
        json.Number(spike.Price);
        json.Raw(",\"x\":"u8);
        json.Number(spike.Peak);
        json.Raw(",\"base\":"u8);
        json.Number(spike.Base);
        json.Raw(",\"buf\":"u8);
        json.Number(spike.Buffer);
        json.NumberUnlessNaN(",\"ext\":"u8, spike.Extreme);
        json.NumberUnlessNaN(",\"from\":"u8, spike.Reference);
        json.NumberUnlessNaN(",\"disp\":"u8, spike.DisplacementBps);
    }

    public static void Reversal(scoped ref JsonText json, in ReversalRecord reversal, TimeUnit unit)
    {
        json.Raw("\"ver\":"u8);
        json.Integer((long)reversal.Version);
        json.Raw(",\"d\":"u8);
        json.Integer((long)reversal.Direction);
        json.Raw(",\"p\":"u8);
        json.Number(reversal.Price);
        json.Raw(",\"str\":"u8);
        json.Number(reversal.Strength);
        json.Raw(",\"ref\":"u8);
        json.Number(reversal.Extreme);
        json.Raw(",\"inv\":"u8);
        json.Number(reversal.Invalidation);
        json.Raw(",\"t\":"u8);
        json.Time(reversal.Header.EventNs, unit);
        if (reversal.Spike < 0) return;
        json.Raw(",\"spike\":"u8);
        json.Integer(reversal.Spike);
    }

    public static void Alert(scoped ref JsonText json, in AlertRecord alert, TimeUnit unit, RecordNames names)
    {
        json.Raw("\"n\":"u8);
        ReadOnlySpan<byte> name = names.Alert(alert.Alert);
        json.Raw(name.Length != 0 ? name : "null"u8);
        json.Raw(",\"t\":"u8);
        json.Time(alert.Header.EventNs, unit);
        if (alert.BeginNs != alert.Header.EventNs)
        {
            json.Raw(",\"t0\":"u8);
            json.Time(alert.BeginNs, unit);
        }

        json.Raw(",\"v\":["u8);
        int count = Math.Min((int)alert.Count, IndicatorValues.Capacity);
        for (int i = 0; i < count; i++)
        {
            if (i != 0) json.Raw((byte)',');
            json.Number(alert.Values[i]);
        }

        json.Raw((byte)']');
        if (alert.Suppressed == 0) return;
        json.Raw(",\"sup\":"u8);
        json.Integer((ulong)alert.Suppressed);
    }
}
