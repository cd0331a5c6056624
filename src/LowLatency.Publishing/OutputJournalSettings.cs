using System.ComponentModel.DataAnnotations;
using LowLatency.Storage.Journal;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Publishing;

/// <summary>The journal of what is published (settings group <c>journal</c>).</summary>
public sealed class OutputJournalSettings
{
    /// <summary>The folder, of one engine; empty: nothing is journaled, and what a reader over Aeron has missed is lost to it.</summary>
    [ConfigurationKeyName("dir")]
    public string Dir { get; set; } = "";

    /// <summary>When records are on disk: none (the system's own time; they outlive the process, not the machine), batch (before anyone is told) or interval.</summary>
    [ConfigurationKeyName("durability")]
    public JournalDurability Durability { get; set; } = JournalDurability.None;

    /// <summary>Time between two syncs to disk under interval, in milliseconds.</summary>
    [ConfigurationKeyName("sync_interval_ms")]
    [Range(1, 60_000)]
    public int SyncIntervalMs { get; set; } = 50;

    /// <summary>Records of a segment; its file is allocated whole: 64 bytes each for ticks, 128 for all else.</summary>
    [ConfigurationKeyName("segment_records")]
    [Range(1024, 16_777_216)]
    public int SegmentRecords { get; set; } = 262_144;

    /// <summary>How long segments are kept, in hours; 0: for ever.</summary>
    [ConfigurationKeyName("retain_hours")]
    [Range(0, 1_000_000)]
    public int RetainHours { get; set; } = 168;

    /// <summary>How much is kept of each of the two files, in MiB; 0: all.</summary>
    [ConfigurationKeyName("retain_mib")]
    [Range(0, 1_000_000_000)]
    public int RetainMib { get; set; } = 16_384;
}
