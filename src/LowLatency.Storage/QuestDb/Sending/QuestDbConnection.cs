using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace LowLatency.Storage.QuestDb.Sending;

/// <summary>
/// A server over HTTP/1.1. The framework's client is used: it keeps connections, speaks TLS, and costs a few kilobytes a request of thousands of rows, none a row. It follows no
/// redirects here, sends no cookies, and takes proxies from nowhere.
/// </summary>
public sealed class QuestDbConnection : IDisposable
{
    private const int LongestErrorBytes = 1 << 20;

    // Far more than the answers to our own questions have.
    private const int LongestAnswerBytes = 64 << 20;

    private readonly HttpClient _http;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly AuthenticationHeaderValue? _authorization;

    /// <summary>Prepares it; nothing is sent.</summary>
    /// <param name="settings">Settings without mistakes.</param>
    /// <param name="time">Times requests out.</param>
    /// <exception cref="QuestDbException">The file of authorities cannot be read.</exception>
    public QuestDbConnection(QuestDbSettings settings, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _time = time ?? TimeProvider.System;
        _timeout = TimeSpan.FromMilliseconds(settings.RequestTimeoutMs);
        var url = new Uri(settings.Url.EndsWith('/') ? settings.Url : settings.Url + "/");
        Name = url.GetLeftPart(UriPartial.Path);
        if (settings.Token.Length != 0) _authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        else if (settings.Username.Length != 0) _authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings.Username}:{settings.Password}")));
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, MaxResponseDrainSize = LongestErrorBytes };
        try
        {
            if (settings.TlsCaFile.Length != 0) handler.SslOptions.RemoteCertificateValidationCallback = ServerTrust.By(settings.TlsCaFile);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            handler.Dispose();
            throw new QuestDbException($"questdb.tls_ca_file: {settings.TlsCaFile} cannot be read as PEM: {wrong.Message}", wrong);
        }

        _http = new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswerBytes };
    }

    /// <summary>The server's address, without secrets, for messages.</summary>
    public string Name { get; }

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The server's answer; of a query, its rows are the arrays in "dataset". The caller disposes it.</returns>
    /// <exception cref="QuestDbSqlException">The server refuses it.</exception>
    /// <exception cref="QuestDbUnavailableException">The server does not answer, or not in this way.</exception>
    public async Task<JsonDocument> ExecAsync(string sql, CancellationToken stop)
    {
        (int status, string body) = await RequestAsync(HttpMethod.Get, "exec?query=" + Uri.EscapeDataString(sql), null, stop);
        JsonDocument answer = status is 200 or 400 ? Parse(body) : throw new QuestDbUnavailableException($"{Name} answers HTTP {status} to a statement: {WriteReply.Of(status, body).Message}");
        if (!answer.RootElement.TryGetProperty("error", out JsonElement error)) return answer;
        using (answer) throw new QuestDbSqlException($"{Name} refuses a statement: {error.GetString()}. The statement: {sql}");
    }

    /// <summary>Asks which line protocols the server takes.</summary>
    /// <param name="stop">Ends it.</param>
    /// <returns>Their numbers; none from a server that is too old to tell, which takes version 1.</returns>
    /// <exception cref="QuestDbUnavailableException">The server does not answer.</exception>
    public async Task<int[]> ProtocolVersionsAsync(CancellationToken stop)
    {
        (int status, string body) = await RequestAsync(HttpMethod.Get, "settings", null, stop);
        // 404: servers before 8.0 have no settings to show.
        if (status == 404) return [];
        if (status != 200) throw new QuestDbUnavailableException($"{Name} answers HTTP {status} to a question for its settings: {WriteReply.Of(status, body).Message}");
        using JsonDocument answer = Parse(body);
        if (!answer.RootElement.TryGetProperty("config", out JsonElement config) || !config.TryGetProperty("line.proto.support.versions", out JsonElement versions)) return [];
        return [.. versions.EnumerateArray().Select(v => v.GetInt32())];
    }

    internal async Task<WriteReply> WriteAsync(ReadOnlyMemory<byte> rows, CancellationToken stop)
    {
        try
        {
            (int status, string body) = await RequestAsync(HttpMethod.Post, "write?precision=n", rows, stop);
            return WriteReply.Of(status, body);
        }
        catch (QuestDbUnavailableException broken)
        {
            return WriteReply.Broken(broken.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private JsonDocument Parse(string body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException wrong)
        {
            throw new QuestDbUnavailableException($"{Name} answers with something that is no JSON; is it a QuestDB server?", wrong);
        }
    }

    private async Task<(int Status, string Body)> RequestAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? content, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        using var request = new HttpRequestMessage(method, path) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Headers.Authorization = _authorization;
        if (content is { } bytes) request.Content = new ReadOnlyMemoryContent(bytes);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new QuestDbUnavailableException($"{Name} did not answer within {_timeout.TotalMilliseconds} ms (questdb.request_timeout_ms).");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            throw new QuestDbUnavailableException($"{Name} cannot be reached: {broken.Message}{(broken.InnerException is { } inner ? " " + inner.Message : "")}", broken);
        }
    }
}
