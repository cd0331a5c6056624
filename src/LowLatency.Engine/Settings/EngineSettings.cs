using System.ComponentModel.DataAnnotations;
using LowLatency.Core.Agents;
using LowLatency.Core.Clocks;
using LowLatency.Core.Native;
using Microsoft.Extensions.Configuration;

namespace LowLatency.Engine.Settings;

/// <summary>Rings and threads of the engine (settings group <c>engine</c>).</summary>
public sealed class EngineSettings
{
    /// <summary>How many instruments there can be; ticks of further ones are rejected. Each takes 30 KB or more from its first tick on (docs/embedding.md).</summary>
    [ConfigurationKeyName("max_instruments")]
    [Range(1, 1_000_000)]
    public int MaxInstruments { get; set; } = 16_384;

    /// <summary>Slots of the input ring, 64 bytes each; a power of two.</summary>
    [ConfigurationKeyName("input_slots")]
    [Range(64, 1 << 24)]
    public int InputSlots { get; set; } = 65_536;

    /// <summary>Size in bytes of the ring that records are published on; a power of two. A reader that falls this far behind loses records.</summary>
    [ConfigurationKeyName("output_bytes")]
    [Range(65_536, 1 << 30)]
    public int OutputBytes { get; set; } = 1 << 26;

    /// <summary>How many input records the pipeline takes at once, at most.</summary>
    [ConfigurationKeyName("batch")]
    [Range(1, 65_536)]
    public int Batch { get; set; } = 256;

    /// <summary>What the pipeline's thread does without input: back_off, yielding, busy_spin or blocking.</summary>
    [ConfigurationKeyName("idle")]
    public IdleStrategyKind Idle { get; set; } = IdleStrategyKind.BackOff;

    /// <summary>What a feed's thread does without ticks, or when the input ring is full.</summary>
    [ConfigurationKeyName("feed_idle")]
    public IdleStrategyKind FeedIdle { get; set; } = IdleStrategyKind.BackOff;

    /// <summary>How many threads write to the input ring: auto, single or multi.</summary>
    [ConfigurationKeyName("producers")]
    public ProducerChoice Producers { get; set; } = ProducerChoice.Auto;

    /// <summary>Whether the native library is used: auto (where it is there), on (an error where it is not) or off.</summary>
    [ConfigurationKeyName("native")]
    public NativeMode Native { get; set; } = NativeMode.Auto;

    /// <summary>Which clock stamps ticks: auto (the processor's time stamp counter where it can be used), tsc (an error where it cannot) or system. A replay uses the system's.</summary>
    [ConfigurationKeyName("clock")]
    public ClockKind Clock { get; set; } = ClockKind.Auto;

    /// <summary>Where and how the threads run.</summary>
    [ConfigurationKeyName("placement")]
    public PlacementSettings Placement { get; set; } = new();

    /// <summary>Whether a fingerprint of all published records is kept (a few nanoseconds a record); a replay always does.</summary>
    [ConfigurationKeyName("output_digest")]
    public bool OutputDigest { get; set; }

    /// <summary>Whether what became of each input record is kept until a stage has taken it: for a replay that writes it down.</summary>
    internal bool KeepOutcomes { get; set; }
}
