using System.ComponentModel;
using LowLatency.Benchmarks.Peers.Java;

namespace LowLatency.Benchmarks.Lab;

/// <summary>What the experiments of one command share.</summary>
/// <param name="options">How long and how often.</param>
public sealed class LabSession(LabOptions options) : IDisposable
{
    private JavaLab? _java;
    private string? _javaMissing;

    /// <summary>How long and how often.</summary>
    public LabOptions Options { get; } = options;

    /// <summary>Seconds of a run that were asked for; null when none were.</summary>
    public double? Seconds { get; init; }

    /// <summary>Whether the consumer of the allocation experiments leaves garbage.</summary>
    public bool Allocates { get; init; }

    /// <summary>Why the Java peers cannot run, and what to install; null when they can. Whoever asks first starts them: only that tells whether they can.</summary>
    public string? JavaMissing
    {
        get
        {
            if (_java is null) _javaMissing ??= JavaTools.Missing() ?? StartJava();
            return _javaMissing;
        }
    }

    /// <summary>The Java virtual machine that ran; null when none did.</summary>
    public string? JavaRuntime => _java?.Runtime;

    /// <summary>The harness of the Java peers.</summary>
    /// <exception cref="LabException">It is missing.</exception>
    internal JavaLab Java => JavaMissing is { } missing ? throw new LabException(missing) : _java!;

    /// <inheritdoc/>
    public void Dispose() => _java?.Dispose();

    private string? StartJava()
    {
        try
        {
            _java = JavaLab.Start();
            return null;
        }
        catch (Exception failure) when (failure is LabException or IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException)
        {
            // A peer is optional: its trouble is told beside the results and does not end them.
            return $"the Java harness cannot run: {failure.Message.TrimEnd('.')}.";
        }
    }
}
