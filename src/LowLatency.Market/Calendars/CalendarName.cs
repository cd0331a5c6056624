namespace LowLatency.Market.Calendars;

/// <summary>The calendars of daily and weekly bars.</summary>
public enum CalendarName
{
    /// <summary>Days from 00:00 UTC, weeks from Monday 00:00 UTC, without a break: as crypto venues have it.</summary>
    Utc,

    /// <summary>US equities: sessions open at 09:30 in New York on trading days.</summary>
    UsEquities,

    /// <summary>US equities with the early session: from 04:00 in New York on trading days.</summary>
    UsEquitiesExtended,

    /// <summary>Foreign exchange: days from 17:00 in New York, Sunday to Thursday, so that a week opens on Sunday evening.</summary>
    Fx,
}
