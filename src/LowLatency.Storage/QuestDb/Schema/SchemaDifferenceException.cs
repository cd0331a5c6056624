namespace LowLatency.Storage.QuestDb.Schema;

/// <summary>The server has a table that is not as ours; the message lists every difference, a line each. Nothing was changed and nothing written.</summary>
public sealed class SchemaDifferenceException : QuestDbException
{
    /// <summary>Makes one without differences.</summary>
    public SchemaDifferenceException()
        : this([])
    {
    }

    /// <summary>Makes one of a single difference.</summary>
    /// <param name="message">The difference.</param>
    public SchemaDifferenceException(string message)
        : this([message])
    {
    }

    /// <summary>Makes one of a single difference and its cause.</summary>
    /// <param name="message">The difference.</param>
    /// <param name="innerException">What led to it.</param>
    public SchemaDifferenceException(string message, Exception innerException)
        : base(message, innerException) => Differences = [message];

    /// <summary>Makes one.</summary>
    /// <param name="differences">The differences: table.column, what it is, what it ought to be.</param>
    public SchemaDifferenceException(IReadOnlyCollection<string> differences)
        : base($"The server's tables are not as this writer's; rename or alter them, or take another database:{Environment.NewLine}{string.Join(Environment.NewLine, differences)}") =>
        Differences = differences;

    /// <summary>The differences.</summary>
    public IReadOnlyCollection<string> Differences { get; } = [];
}
