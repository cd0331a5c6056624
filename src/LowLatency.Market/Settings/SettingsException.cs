namespace LowLatency.Market.Settings;

/// <summary>The settings are wrong; the message lists every mistake, a line each, with its path and what is allowed.</summary>
public sealed class SettingsException : Exception
{
    /// <summary>Makes one without mistakes.</summary>
    public SettingsException()
        : this([])
    {
    }

    /// <summary>Makes one of a single mistake.</summary>
    /// <param name="message">The mistake.</param>
    public SettingsException(string message)
        : this([message])
    {
    }

    /// <summary>Makes one of a single mistake and its cause.</summary>
    /// <param name="message">The mistake.</param>
    /// <param name="innerException">What led to it.</param>
    public SettingsException(string message, Exception innerException)
        : base(message, innerException) => Mistakes = [message];

    /// <summary>Makes one.</summary>
    /// <param name="mistakes">The mistakes.</param>
    public SettingsException(IReadOnlyCollection<string> mistakes)
        : base(string.Join(Environment.NewLine, mistakes)) => Mistakes = mistakes;

    /// <summary>The mistakes.</summary>
    public IReadOnlyCollection<string> Mistakes { get; }
}
