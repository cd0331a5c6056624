using System.Reflection;
using System.Text;
using LowLatency.Aeron.Protocol;
using LowLatency.Core.Counters;
using LowLatency.Core.Memory;

namespace LowLatency.Aeron.Client;

/// <summary>The counter by which a driver knows that a client lives. The driver makes it with the client's first resource, and frees it when it gives the client up.</summary>
internal sealed class ClientHeartbeat(MemoryView metadata, MemoryView values, long clientId, string clientName)
{
    private const int NotFound = -1;

    private int _id = NotFound;

    /// <summary>Tells the driver that the client lives, if the driver knows it.</summary>
    /// <returns>False when the driver has given the client up.</returns>
    public bool Beat(long nowMs)
    {
        if (_id == NotFound)
        {
            _id = Find();
            if (_id == NotFound) return true;
            AppendName();
        }
        else if (!IsOurs(_id))
        {
            return false;
        }

        values.PutInt64Ordered((long)_id * CountersLayout.ValueBytes, nowMs);
        return true;
    }

    private int Find()
    {
        long count = values.Length / CountersLayout.ValueBytes;
        for (int id = 0; id < count; id++)
        {
            if (metadata.GetInt32Volatile(MetadataOf(id) + CountersLayout.StateOffset) == CountersLayout.Unused) break;
            if (IsOurs(id)) return id;
        }

        return NotFound;
    }

    private bool IsOurs(int id) =>
        metadata.GetInt32Volatile(MetadataOf(id) + CountersLayout.StateOffset) == CountersLayout.Allocated
        && metadata.GetInt32(MetadataOf(id) + CountersLayout.TypeIdOffset) == CounterTypes.ClientHeartbeat
        && metadata.GetInt64(MetadataOf(id) + CountersLayout.KeyOffset) == clientId;

    // The official tools show it; what does not fit is left out.
    private void AppendName()
    {
        if (clientName.Length == 0) return;
        string version = typeof(ClientHeartbeat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
        long record = MetadataOf(_id);
        int length = metadata.GetInt32Volatile(record + CountersLayout.LabelLengthOffset);
        byte[] text = Encoding.UTF8.GetBytes($" name={clientName} version={version} commit=lowlatency");
        if (length < 0 || length + text.Length > CountersLayout.MaxLabelBytes) return;
        metadata.PutBytes(record + CountersLayout.LabelOffset + length, text);
        metadata.PutInt32Ordered(record + CountersLayout.LabelLengthOffset, length + text.Length);
    }

    private static long MetadataOf(int id) => (long)id * CountersLayout.MetadataBytes;
}
