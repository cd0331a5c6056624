using LowLatency.Benchmarks.Peers.Java;

namespace LowLatency.Benchmarks.Lab;

/// <summary>What the experiments of one command share.</summary>
/// <param name="options">How long and how often.</param>
public sealed class LabSession(LabOptions options) : IDisposable
{
    private JavaLab? _java;

    /// <summary>How long and how often.</summary>
    public LabOptions Options { get; } = options;

    /// <summary>Seconds of a run that were asked for; null when none were.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether the consumer of the allocation experiments leaves garbage.</summary>
    public bool Allocates { get; init; }

    /// <summary>Why the Java peers cannot run, and what to install; null when they can.</summary>
    public string? JavaMissing { get; } = JavaTools.Missing();

    /// <summary>The Java virtual machine that ran; null when none did.</summary>
    public string? JavaRuntime => _java?.Runtime;

    /// <summary>The harness of the Java peers; started by whoever asks first.</summary>
    internal JavaLab Java => _java ??= JavaLab.Start();

    /// <inheritdoc/>
    public void Dispose() => _java?.Dispose();
}
