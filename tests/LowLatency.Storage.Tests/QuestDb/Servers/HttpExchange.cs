using System.Net.Sockets;
using System.Text;

namespace LowLatency.Storage.Tests.QuestDb.Servers;

/// <summary>A request, and the raw connection that it came over: whoever answers can do what no good server does.</summary>
internal sealed class HttpExchange(Stream stream, Socket socket, string method, string path, IReadOnlyDictionary<string, string> headers)
{
    private byte[]? _body;

    public string Method { get; } = method;

    public string Path { get; } = path;

    public IReadOnlyDictionary<string, string> Headers { get; } = headers;

    public int ContentLength => Headers.TryGetValue("content-length", out string? text) ? int.Parse(text) : 0;

    public async Task<byte[]> BodyAsync()
    {
        if (_body is not null) return _body;
        byte[] body = new byte[ContentLength];
        await stream.ReadExactlyAsync(body);
        return _body = body;
    }

    /// <summary>Reads a part of the body, and no more.</summary>
    public async Task PartAsync(int bytes) => await stream.ReadExactlyAsync(new byte[bytes]);

    public async Task SendAsync(string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await stream.FlushAsync();
    }

    /// <summary>An answer in chunks, as the server sends its errors.</summary>
    public Task ChunkedAsync(int status, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        int half = bytes.Length / 2;
        string first = Encoding.UTF8.GetString(bytes.AsSpan(0, half));
        string second = Encoding.UTF8.GetString(bytes.AsSpan(half));
        string chunks = bytes.Length < 2 ? $"{bytes.Length:x}\r\n{body}\r\n" : $"{half:x}\r\n{first}\r\n{bytes.Length - half:x}\r\n{second}\r\n";
        return SendAsync($"HTTP/1.1 {status} Some reason\r\nServer: questDB/1.0\r\nDate: Sat, 1 Jan 2000 00:00:00 GMT\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{chunks}0\r\n\r\n");
    }

    public Task AcceptAsync() => SendAsync("HTTP/1.1 204 OK\r\nServer: questDB/1.0\r\nDate: Sat, 1 Jan 2000 00:00:00 GMT\r\n\r\n");

    /// <summary>Cuts the connection with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    /// <summary>Closes the connection in order.</summary>
    public void Close()
    {
        socket.Shutdown(SocketShutdown.Both);
        socket.Close();
    }
}
