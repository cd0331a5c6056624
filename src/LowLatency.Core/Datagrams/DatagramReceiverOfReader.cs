using System.Net.Sockets;

namespace LowLatency.Core.Datagrams;

/// <summary>The receiver, compiled for one way to get at datagrams.</summary>
/// <typeparam name="TReader">The way.</typeparam>
/// <param name="reader">Its state.</param>
/// <param name="batch">Room for datagrams.</param>
internal sealed class DatagramReceiver<TReader>(TReader reader, DatagramBatch batch) : DatagramReceiver(batch)
    where TReader : struct, IDatagramReader
{
    // Not readonly: the struct keeps state.
    private TReader _reader = reader;
    private bool _disposed;

    public override long Dropped
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _reader.Dropped();
        }
    }

    public override int Receive()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        int count = _reader.Receive(Batch, out SocketError error);
        Batch.Count = count;
        if (error != SocketError.Success)
        {
            Errors++;
            LastError = error;
        }

        return count;
    }

    private protected override void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        Batch.Count = 0;
        _reader.Dispose();
    }
}
