using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LowLatency.Storage.QuestDb;
using LowLatency.Storage.QuestDb.Sending;
using LowLatency.Storage.Tests.QuestDb.Servers;

namespace LowLatency.Storage.Tests.QuestDb.Sending;

/// <summary>Who is asked, and as whom.</summary>
public sealed class QuestDbConnectionTests
{
    // Waiting for ever is what these tests are to find: a fault fails and does not hang. Far above what any needs.
    private const int MostMs = 60_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = MostMs)]
    [InlineData("", "", "", null)]
    [InlineData("admin", "qu:est", "", "Basic YWRtaW46cXU6ZXN0")]
    [InlineData("", "", "t0ken", "Bearer t0ken")]
    public async Task Should_Say_Who_It_Is_At_Every_Request(string username, string password, string token, string? expected)
    {
        var seen = new List<string?>();
        using var server = new LoopbackServer(async exchange =>
        {
            seen.Add(exchange.Headers.GetValueOrDefault("authorization"));
            if (exchange.Method == "POST") await exchange.AcceptAsync();
            else await exchange.ChunkedAsync(200, "{}");
        });
        using var connection = new QuestDbConnection(new QuestDbSettings { Url = server.Url, Username = username, Password = password, Token = token });
        await connection.WriteAsync("t a=1i\n"u8.ToArray(), Stop);
        (await connection.ExecAsync("SELECT 1", Stop)).Dispose();
        await connection.ProtocolVersionsAsync(Stop);
        Assert.Equal([expected, expected, expected], seen);
    }

    [Theory(Timeout = MostMs)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Should_Tell_No_Secrets_When_It_Is_Turned_Away(int status)
    {
        using var server = new LoopbackServer(exchange => exchange.ChunkedAsync(status, "Unauthorized"));
        using var connection = new QuestDbConnection(new QuestDbSettings { Url = server.Url, Username = "admin", Password = "sesame" });
        WriteReply reply = await connection.WriteAsync("t a=1i\n"u8.ToArray(), Stop);
        QuestDbUnavailableException refused = await Assert.ThrowsAsync<QuestDbUnavailableException>(() => connection.ExecAsync("SELECT 1", Stop));
        foreach (string message in (string[])[reply.Message, refused.ToString()])
        {
            Assert.Contains("questdb.username", message, StringComparison.Ordinal);
            Assert.DoesNotContain("sesame", message, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String("admin:sesame"u8), message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Follow_No_Redirect()
    {
        int elsewhere = 0;
        using var other = new LoopbackServer(exchange =>
        {
            elsewhere++;
            return exchange.AcceptAsync();
        });
        using var server = new LoopbackServer(exchange => exchange.SendAsync($"HTTP/1.1 307 Elsewhere\r\nLocation: {other.Url}/write\r\nContent-Length: 0\r\n\r\n"));
        using var connection = new QuestDbConnection(new QuestDbSettings { Url = server.Url, Token = "secret" });
        WriteReply reply = await connection.WriteAsync("t a=1i\n"u8.ToArray(), Stop);
        Assert.Equal((WriteOutcome.Retry, 0), (reply.Outcome, elsewhere));
        Assert.Contains("redirects are not followed", reply.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Trust_The_Authorities_Of_The_File_And_No_Others()
    {
        using X509Certificate2 certificate = Certificate("localhost");
        using X509Certificate2 stranger = Certificate("localhost");
        using X509Certificate2 otherName = Certificate("elsewhere");
        Assert.Equal(WriteOutcome.Accepted, (await WriteAsync(certificate, certificate)).Outcome);
        // Another authority, another name, and the system's authorities, which do not know it.
        Assert.Equal(WriteOutcome.Retry, (await WriteAsync(certificate, stranger)).Outcome);
        Assert.Equal(WriteOutcome.Retry, (await WriteAsync(otherName, otherName)).Outcome);
        Assert.Equal(WriteOutcome.Retry, (await WriteAsync(certificate, null)).Outcome);
    }

    [Fact]
    public void Should_Say_Which_File_Is_No_File_Of_Authorities()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
            Assert.Contains($"questdb.tls_ca_file: {path}", Assert.Throws<QuestDbException>(() => new QuestDbConnection(new QuestDbSettings { TlsCaFile = path })).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact(Timeout = MostMs)]
    public async Task Should_Tell_What_A_Refused_Statement_Was()
    {
        using var server = new LoopbackServer(exchange => exchange.ChunkedAsync(400, """{"query":"SELEC 1","error":"unexpected token [SELEC]","position":0}"""));
        using var connection = new QuestDbConnection(new QuestDbSettings { Url = server.Url });
        QuestDbSqlException refused = await Assert.ThrowsAsync<QuestDbSqlException>(() => connection.ExecAsync("SELEC 1", Stop));
        Assert.EndsWith("refuses a statement: unexpected token [SELEC]. The statement: SELEC 1", refused.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = MostMs)]
    [InlineData("<html>")]
    [InlineData("")]
    public async Task Should_Doubt_A_Server_That_Speaks_No_Json(string body)
    {
        using var server = new LoopbackServer(exchange => exchange.ChunkedAsync(200, body));
        using var connection = new QuestDbConnection(new QuestDbSettings { Url = server.Url });
        Assert.Contains("is it a QuestDB server?", (await Assert.ThrowsAsync<QuestDbUnavailableException>(() => connection.ProtocolVersionsAsync(Stop))).Message, StringComparison.Ordinal);
    }

    private static async Task<WriteReply> WriteAsync(X509Certificate2 server, X509Certificate2? trusted)
    {
        string path = Path.GetTempFileName();
        try
        {
            if (trusted is not null) await File.WriteAllTextAsync(path, trusted.ExportCertificatePem(), Stop);
            using var loopback = new LoopbackServer(async exchange =>
            {
                await exchange.BodyAsync();
                await exchange.AcceptAsync();
            }, server);
            using var connection = new QuestDbConnection(new QuestDbSettings { Url = loopback.Url, TlsCaFile = trusted is null ? "" : path });
            return await connection.WriteAsync(Encoding.ASCII.GetBytes("t a=1i\n"), Stop);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static X509Certificate2 Certificate(string name)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
    }
}
