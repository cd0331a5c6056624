using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LowLatency.Aeron.Client;
using LowLatency.Market.Records;
using LowLatency.Market.Streams;

namespace LowLatency.Publishing.Tests.Processes;

/// <summary>A fingerprint of all records of each of the five streams, in their order; what is said of the engine itself, and definitions, apart.</summary>
internal readonly struct StreamDigests() : IFragmentHandler
{
    private readonly IncrementalHash[] _hashes = [.. Enumerable.Range(0, 5).Select(_ => IncrementalHash.CreateHash(HashAlgorithmName.SHA256))];
    private readonly long[] _counts = new long[5];
    private readonly long[] _expected = [-1];

    /// <summary>Whether the engine has said that all its feeds have ended, and all that it has published is here.</summary>
    public bool IsComplete => _expected[0] >= 0 && _counts.Sum() >= _expected[0];

    public void OnFragment(ReadOnlySpan<byte> payload, in Header header)
    {
        for (int length; !payload.IsEmpty; payload = payload[length..])
        {
            length = RecordLengths.Of((RecordType)payload[0]);
            if (payload[0] == (byte)RecordType.Status)
            {
                ref readonly StatusRecord status = ref MemoryMarshal.AsRef<StatusRecord>(payload);
                if (status.State >= PublisherState.Drained) _expected[0] = status.Published;
            }

            Add(header.StreamId - 1001, payload[..length]);
        }
    }

    public void Add(int outlet, ReadOnlySpan<byte> record)
    {
        if ((RecordType)record[0] is RecordType.Status or RecordType.Definition) return;
        _hashes[outlet].AppendData(record);
        _counts[outlet]++;
    }

    public override string ToString() =>
        string.Join(' ', _hashes.Zip(_counts, (hash, count) => string.Create(CultureInfo.InvariantCulture, $"{count}:{Convert.ToHexString(hash.GetCurrentHash())[..16]}")));
}
