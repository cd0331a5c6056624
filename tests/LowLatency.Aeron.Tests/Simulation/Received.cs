using System.Text;
using LowLatency.Aeron.Client;

namespace LowLatency.Aeron.Tests.Simulation;

/// <summary>Keeps what polls hand on.</summary>
internal sealed class Received
{
    public List<byte[]> Messages { get; } = [];

    public List<Header> Headers { get; } = [];

    public IEnumerable<string> Texts => Messages.Select(Encoding.UTF8.GetString);

    public void Take(ReadOnlySpan<byte> payload, in Header header)
    {
        Messages.Add(payload.ToArray());
        Headers.Add(header);
    }
}
