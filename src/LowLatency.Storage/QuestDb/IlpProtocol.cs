namespace LowLatency.Storage.QuestDb;

/// <summary>Which line protocol is used.</summary>
public enum IlpProtocol
{
    /// <summary>The highest that the server names and this writer knows; version 1 where it names none.</summary>
    Auto = 0,

    /// <summary>Text.</summary>
    V1 = 1,

    /// <summary>Binary doubles.</summary>
    V2 = 2,

    /// <summary>Binary whole numbers too.</summary>
    V3 = 3,
}
