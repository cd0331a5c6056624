// docs/publishing.md: begin
using System.Runtime.InteropServices;
using LowLatency.Aeron.Client;
using LowLatency.Market.Records;

internal readonly struct TradePrinter(TextWriter output) : IFragmentHandler
{
    public static void Run(string directory, TextWriter output, CancellationToken stop)
    {
        using AeronClient client = AeronClient.Connect(new AeronContext { Directory = directory });
        using Subscription ticks = client.AddSubscription("aeron:ipc?tether=false", 1001);
        using Subscription bars = client.AddSubscription("aeron:ipc?tether=false", 1002);
        var printer = new TradePrinter(output);
        while (!stop.IsCancellationRequested && !client.IsClosed)
        {
            if (ticks.Poll(ref printer, 64) + bars.Poll(ref printer, 64) == 0) Thread.Sleep(1);
        }
    }

    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        for (int length; !payload.IsEmpty; payload = payload[length..])     // whole records, back to back
        {
            length = RecordLengths.Of((RecordType)payload[0]);
            if (length == 0 || length > payload.Length) return;             // of a later version, or not the engine's
            if (payload[0] == (byte)RecordType.Trade) Print(MemoryMarshal.AsRef<TradeRecord>(payload));
            else if (payload[0] == (byte)RecordType.Bar) Print(MemoryMarshal.AsRef<BarRecord>(payload));
        }
    }

    private void Print(in TradeRecord trade) => output.WriteLine($"trade {trade.Header.Instrument} q {trade.Header.Sequence}: {trade.Size} at {trade.Price}");

    private void Print(in BarRecord bar) => output.WriteLine($"bar   {bar.Header.Instrument} spec {bar.Spec} q {bar.Header.Sequence}: {bar.State}, close {bar.Close}");
}
// docs/publishing.md: end
