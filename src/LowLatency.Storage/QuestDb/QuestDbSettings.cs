using System.ComponentModel.DataAnnotations;
using LowLatency.Market.Settings;
using LowLatency.Storage.QuestDb.Schema;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Storage.QuestDb;

/// <summary>The settings under LowLatency:questdb.</summary>
public sealed class QuestDbSettings
{
    /// <summary>The server's address, with http or https: http://127.0.0.1:9000. Names and passwords do not belong into it.</summary>
    [ConfigurationKeyName("url")]
    public string Url { get; set; } = "http://127.0.0.1:9000";

    /// <summary>The user of basic authentication; empty: none.</summary>
    [ConfigurationKeyName("username")]
    public string Username { get; set; } = "";

    /// <summary>That user's password. Best given by the environment: LOWLATENCY__QUESTDB__PASSWORD.</summary>
    [ConfigurationKeyName("password")]
    public string Password { get; set; } = "";

    /// <summary>The token of bearer authentication, in place of user and password; empty: none.</summary>
    [ConfigurationKeyName("token")]
    public string Token { get; set; } = "";

    /// <summary>A PEM file with the authorities that a server's certificate may come from; empty: those of the system.</summary>
    [ConfigurationKeyName("tls_ca_file")]
    public string TlsCaFile { get; set; } = "";

    /// <summary>The protocol: auto takes the highest that the server names.</summary>
    [ConfigurationKeyName("protocol")]
    public IlpProtocol Protocol { get; set; } = IlpProtocol.Auto;

    /// <summary>The most rows of a request.</summary>
    [ConfigurationKeyName("request_rows")]
    [Range(1, 10_000_000)]
    public int RequestRows { get; set; } = 50_000;

    /// <summary>The most bytes of a request, in KiB; a single row may be longer.</summary>
    [ConfigurationKeyName("request_kib")]
    [Range(1, 1_048_576)]
    public int RequestKib { get; set; } = 8192;

    /// <summary>How long a row waits for others before it is sent, in milliseconds.</summary>
    [ConfigurationKeyName("flush_interval_ms")]
    [Range(1, 3_600_000)]
    public int FlushIntervalMs { get; set; } = 200;

    /// <summary>How long a request may take, its answer included, in milliseconds.</summary>
    [ConfigurationKeyName("request_timeout_ms")]
    [Range(100, 3_600_000)]
    public int RequestTimeoutMs { get; set; } = 30_000;

    /// <summary>The first wait before a request is sent again, in milliseconds; each further one is up to twice as long.</summary>
    [ConfigurationKeyName("retry_initial_ms")]
    [Range(1, 60_000)]
    public int RetryInitialMs { get; set; } = 10;

    /// <summary>The longest wait, in milliseconds. There is no last attempt.</summary>
    [ConfigurationKeyName("retry_max_ms")]
    [Range(1, 600_000)]
    public int RetryMaxMs { get; set; } = 10_000;

    /// <summary>The folder where rows that the server refuses are set aside.</summary>
    [ConfigurationKeyName("quarantine_path")]
    public string QuarantinePath { get; set; } = "quarantine";

    /// <summary>How many bad rows are searched for in a request, each at the price of a further one; beyond that the rest is set aside whole.</summary>
    [ConfigurationKeyName("bad_rows_per_request")]
    [Range(0, 100_000)]
    public int BadRowsPerRequest { get; set; } = 32;

    /// <summary>How long rows are kept.</summary>
    [ConfigurationKeyName("retention")]
    public RetentionSettings Retention { get; set; } = new();

    /// <summary>Finds what is wrong.</summary>
    /// <param name="path">Their path, for the messages.</param>
    /// <param name="mistakes">Receives a line for each mistake.</param>
    public void Check(string path, ICollection<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(mistakes);
        SettingsBinder.Check(this, path, mistakes);
        if (!Uri.TryCreate(Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https")) mistakes.Add($"{path}.url: is no address; allowed is http://HOST:PORT or https://HOST:PORT");
        else if (url.UserInfo.Length != 0) mistakes.Add($"{path}.url: has a user or a password in it; use {path}.username and {path}.password");
        else if (url.Query.Length != 0 || url.Fragment.Length != 0) mistakes.Add($"{path}.url: has a query or a fragment; allowed is http://HOST:PORT or https://HOST:PORT");
        if (Token.Length != 0 && (Username.Length != 0 || Password.Length != 0)) mistakes.Add($"{path}.token: there is a username or a password too; use one kind of authentication");
        if (Password.Length != 0 && Username.Length == 0) mistakes.Add($"{path}.password: there is no username");
        if (Username.Contains(':', StringComparison.Ordinal)) mistakes.Add($"{path}.username: has a colon, which basic authentication cannot carry");
        if ((Token + Username + Password).Any(char.IsControl)) mistakes.Add($"{path}.token, .username or .password: has a control character");
        if (RetryMaxMs < RetryInitialMs) mistakes.Add($"{path}.retry_max_ms: {RetryMaxMs} is less than retry_initial_ms, {RetryInitialMs}");
        if (QuarantinePath.Length == 0) mistakes.Add($"{path}.quarantine_path: is empty; name a folder");
        if (TlsCaFile.Length != 0 && !File.Exists(TlsCaFile)) mistakes.Add($"{path}.tls_ca_file: there is no file {TlsCaFile}");
    }
}
