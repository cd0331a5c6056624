using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Gateway;

/// <summary>The settings under LowLatency:gateway.</summary>
public sealed class GatewaySettings
{
    /// <summary>The IP address to listen on, or localhost. Until keys exist only a loopback address is taken.</summary>
    [ConfigurationKeyName("address")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The TCP port; 0 takes a free one.</summary>
    [ConfigurationKeyName("port")]
    [Range(0, 65535)]
    public int Port { get; set; } = 8080;

    /// <summary>Web origins besides the gateway's own whose pages may connect, for example https://desk.example.</summary>
    [ConfigurationKeyName("allowed_origins")]
    public string[] AllowedOrigins { get; set; } = [];

    /// <summary>The folder of the built dashboard; empty: the folder dashboard beside the executable.</summary>
    [ConfigurationKeyName("dashboard_path")]
    public string DashboardPath { get; set; } = "";

    /// <summary>The least time between two batches to a client, in milliseconds; 0 sends at once.</summary>
    [ConfigurationKeyName("flush_ms")]
    [Range(0, 1000)]
    public int FlushMs { get; set; } = 10;

    /// <summary>Time between two heartbeats, in milliseconds.</summary>
    [ConfigurationKeyName("heartbeat_ms")]
    [Range(100, 60_000)]
    public int HeartbeatMs { get; set; } = 5000;

    /// <summary>Bars, or indicator values, that are kept of a stream for snapshots.</summary>
    [ConfigurationKeyName("history_per_stream")]
    [Range(1, 1_000_000)]
    public int HistoryPerStream { get; set; } = 4096;

    /// <summary>Trades, or quotes, that are kept of a stream for snapshots.</summary>
    [ConfigurationKeyName("history_per_tick_stream")]
    [Range(1, 1_000_000)]
    public int HistoryPerTickStream { get; set; } = 2048;

    /// <summary>Memory for the history of all streams together, in MiB. When it is used up no stream's history grows further.</summary>
    [ConfigurationKeyName("history_mib")]
    [Range(1, 65_536)]
    public int HistoryMib { get; set; } = 512;

    /// <summary>Bytes that may wait for one client, in KiB; a client that falls further behind is closed.</summary>
    [ConfigurationKeyName("outbound_buffer_kib")]
    [Range(64, 1_048_576)]
    public int OutboundBufferKib { get; set; } = 4096;

    /// <summary>The largest message that a client may send, in KiB.</summary>
    [ConfigurationKeyName("inbound_frame_kib")]
    [Range(1, 1024)]
    public int InboundFrameKib { get; set; } = 16;

    /// <summary>Messages that a client may send, per second, in the long run.</summary>
    [ConfigurationKeyName("control_messages_per_second")]
    [Range(1, 10_000)]
    public int ControlMessagesPerSecond { get; set; } = 20;

    /// <summary>Messages that a client may send at once.</summary>
    [ConfigurationKeyName("control_burst")]
    [Range(1, 10_000)]
    public int ControlBurst { get; set; } = 50;

    /// <summary>Messages over the limit, each answered by an error, after which the connection is closed.</summary>
    [ConfigurationKeyName("control_messages_over")]
    [Range(1, 10_000)]
    public int ControlMessagesOver { get; set; } = 100;

    /// <summary>Streams that a connection may subscribe.</summary>
    [ConfigurationKeyName("streams_per_connection")]
    [Range(1, 1_000_000)]
    public int StreamsPerConnection { get; set; } = 1000;

    /// <summary>Connections from one IP address.</summary>
    [ConfigurationKeyName("connections_per_address")]
    [Range(1, 65_536)]
    public int ConnectionsPerAddress { get; set; } = 100;

    /// <summary>How long a connection that the gateway closes may take to read what is left, in milliseconds.</summary>
    [ConfigurationKeyName("close_timeout_ms")]
    [Range(100, 60_000)]
    public int CloseTimeoutMs { get; set; } = 5000;

    /// <summary>Offers permessage-deflate to clients that ask for it; saves network, costs processor time.</summary>
    [ConfigurationKeyName("permessage_deflate")]
    public bool PermessageDeflate { get; set; }
}
