using System.Net.Sockets;

namespace LowLatency.Core.Datagrams;

/// <summary>How a receiver gets at datagrams. A struct, so that the receiver is compiled for it.</summary>
internal interface IDatagramReader : IDisposable
{
    /// <summary>Fills the batch with what has arrived, without waiting.</summary>
    /// <param name="batch">The receiver's.</param>
    /// <param name="error">What ended the receive early; <see cref="SocketError.Success"/> when nothing did.</param>
    /// <returns>How many datagrams were read.</returns>
    int Receive(DatagramBatch batch, out SocketError error);

    /// <summary>How many datagrams the kernel has dropped because nobody read them in time; -1 when it does not tell.</summary>
    long Dropped();
}
