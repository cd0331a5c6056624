namespace LowLatency.Engine.Settings;

/// <summary>How many threads write to the input ring.</summary>
public enum ProducerChoice
{
    /// <summary>One when there is a single feed, several when there are more, or none (then a desk writes itself).</summary>
    Auto,

    /// <summary>One.</summary>
    Single,

    /// <summary>Any number.</summary>
    Multi,
}
