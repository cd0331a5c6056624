namespace LowLatency.Core.Rings;

/// <summary>How many threads may claim slots of a <see cref="RingBuffer{T}"/>.</summary>
public enum ProducerMode
{
    /// <summary>One thread claims and publishes; no atomic instruction is needed.</summary>
    Single,

    /// <summary>Any number of threads claim and publish, in any order; consumers see the slots in the order of the claims.</summary>
    Multi,
}
