namespace LowLatency.Engine.Telemetry;

/// <summary>
/// The type ids of an engine's counters: what a program that reads them goes by, whatever their labels. From <see cref="FirstTotal"/> on they are
/// totals, which only grow; from <see cref="FirstLevel"/> on levels, which go up and down; behind <see cref="Last"/> they are a desk's.
/// </summary>
public static class EngineCounterTypes
{
    /// <summary>First id of totals.</summary>
    public const int FirstTotal = 1000;

    /// <summary>Records that a feed has put on the input ring; one counter a feed.</summary>
    public const int FeedRecords = 1000;

    /// <summary>Ticks accepted.</summary>
    public const int Accepted = 1010;

    /// <summary>Ticks rejected; one counter a reason, whose number (int32) is the key.</summary>
    public const int Rejected = 1011;

    /// <summary>Duplicates.</summary>
    public const int Duplicates = 1012;

    /// <summary>Late ticks.</summary>
    public const int Late = 1013;

    /// <summary>Gaps in the feeds' sequences.</summary>
    public const int Gaps = 1014;

    /// <summary>Records that are neither trades nor quotes.</summary>
    public const int Other = 1015;

    /// <summary>Cancels of trades.</summary>
    public const int Cancels = 1016;

    /// <summary>Corrections of trades.</summary>
    public const int Corrections = 1017;

    /// <summary>Batches that the pipeline has handled.</summary>
    public const int Batches = 1020;

    /// <summary>Input records that the pipeline has handled.</summary>
    public const int Handled = 1021;

    /// <summary>Nanoseconds that the pipeline was busy: its growth in a second is the load of its thread.</summary>
    public const int BusyNs = 1022;

    /// <summary>Records that a stage has made; one counter for each of the built-in stages.</summary>
    public const int StageRecords = 1023;

    /// <summary>Nanoseconds spent in a stage; one counter a stage.</summary>
    public const int StageBusyNs = 1024;

    /// <summary>Bars of time closed.</summary>
    public const int BarsClosed = 1030;

    /// <summary>Closed bars revised.</summary>
    public const int BarsRevised = 1031;

    /// <summary>Trades too late for a revision.</summary>
    public const int BarsTooLate = 1032;

    /// <summary>Bars closed that are not of time.</summary>
    public const int EventBarsClosed = 1033;

    /// <summary>Trades that made more Renko bricks than one may lay.</summary>
    public const int BrickCuts = 1034;

    /// <summary>Records published.</summary>
    public const int Published = 1040;

    /// <summary>Bytes published, with what is left empty at the ring's end: the output ring's position.</summary>
    public const int PublishedBytes = 1041;

    /// <summary>Records that went into Aeron's logs.</summary>
    public const int AeronSent = 1042;

    /// <summary>Records that did not, because a subscriber that is waited for did not read.</summary>
    public const int AeronDropped = 1043;

    /// <summary>Bytes of records that did not, because the publisher fell a whole ring behind.</summary>
    public const int AeronLappedBytes = 1044;

    /// <summary>Records that did not, because nobody listened, or there was no driver.</summary>
    public const int AeronUnheard = 1045;

    /// <summary>Records written to the output journal.</summary>
    public const int JournalRecords = 1046;

    /// <summary>Position of the input ring's producers: records claimed.</summary>
    public const int ProducerPosition = 1050;

    /// <summary>Position of the input ring's consumer: records taken.</summary>
    public const int ConsumerPosition = 1051;

    /// <summary>Errors of agents and stages.</summary>
    public const int Errors = 1060;

    /// <summary>Errors that the error log had no room for.</summary>
    public const int UnloggedErrors = 1061;

    /// <summary>Garbage collections; one counter a generation, whose number (int32) is the key.</summary>
    public const int Collections = 1070;

    /// <summary>Nanoseconds that collections have halted the process.</summary>
    public const int CollectionPauseNs = 1071;

    /// <summary>Bytes allocated on the managed heap, by the whole process.</summary>
    public const int AllocatedBytes = 1072;

    /// <summary>Spikes of intensity that have begun.</summary>
    public const int Spikes = 1080;

    /// <summary>Reversals of one version; the key is its number.</summary>
    public const int Reversals = 1081;

    /// <summary>Alerts said.</summary>
    public const int Alerts = 1082;

    /// <summary>Alerts not said because of a rule's cooldown.</summary>
    public const int AlertsSuppressed = 1083;

    /// <summary>First id of levels.</summary>
    public const int FirstLevel = 1500;

    /// <summary>Where the engine is in its life: the number of <see cref="EngineState"/>.</summary>
    public const int State = 1500;

    /// <summary>Instruments known.</summary>
    public const int Instruments = 1501;

    /// <summary>Suspects held back.</summary>
    public const int SuspectsPending = 1502;

    /// <summary>Slots of the input ring.</summary>
    public const int InputSlots = 1510;

    /// <summary>Records in the input ring that the pipeline has not taken: the producers' position less the consumer's.</summary>
    public const int InputLag = 1511;

    /// <summary>Bytes of the output ring.</summary>
    public const int OutputBytes = 1512;

    /// <summary>1 while the engine has its publications at an Aeron driver, else 0.</summary>
    public const int AeronConnected = 1513;

    /// <summary>Bytes in the output ring that have not been handed to Aeron yet.</summary>
    public const int AeronBacklogBytes = 1514;

    /// <summary>1 while the output journal cannot be written, and the engine waits for it, else 0.</summary>
    public const int JournalPaused = 1515;

    /// <summary>The longest that a stage has taken for a batch, in nanoseconds; one counter a stage.</summary>
    public const int StageMaxNs = 1520;

    /// <summary>The same in the last second that had batches.</summary>
    public const int StageRecentMaxNs = 1521;

    /// <summary>The longest that the pipeline has taken for a batch, in nanoseconds.</summary>
    public const int CycleMaxNs = 1522;

    /// <summary>The same in the last second that had batches.</summary>
    public const int CycleRecentMaxNs = 1523;

    /// <summary>Bytes of the managed heap after the last collection.</summary>
    public const int HeapBytes = 1530;

    /// <summary>Last id of the engine's.</summary>
    public const int Last = 1999;

    /// <summary>Whether a counter of this type only grows, so that its growth in a second says something.</summary>
    /// <param name="typeId">The type id.</param>
    public static bool IsTotal(int typeId) => typeId is >= FirstTotal and < FirstLevel;

    /// <summary>
    /// Whether a counter of this type is brought up to date with the file's heartbeat only: its growth belongs to the time between two of those.
    /// </summary>
    /// <param name="typeId">The type id.</param>
    public static bool IsSampled(int typeId) => IsTotal(typeId) && typeId is not (>= Batches and <= StageBusyNs or Errors or UnloggedErrors);
}
