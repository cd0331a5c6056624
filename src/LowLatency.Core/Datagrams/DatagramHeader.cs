using System.Runtime.InteropServices;

namespace LowLatency.Core.Datagrams;

/// <summary>What a receive tells of one datagram: ll_datagram of the native library.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal struct DatagramHeader
{
    public const uint TruncatedFlag = 1;
    public const uint KernelTimeFlag = 2;

    public long ReceiveNs;
    public uint Length;
    public uint Flags;
}
