using LowLatency.Market.Calendars;

namespace LowLatency.Analytics.Bars;

/// <summary>
/// Where the bars of each lane begin and end. Intraday bars and those of several days count from 1970, weeks from Monday 00:00 UTC; with an exchange
/// calendar a daily bar is [session open, next session open), and a weekly one goes from the first session open of a week to that of the next.
/// </summary>
/// <param name="intervalNs">The lanes' intervals.</param>
/// <param name="calendar">The calendar; null for UTC.</param>
internal sealed class BarStarts(long[] intervalNs, SessionCalendar? calendar)
{
    private const long DayNs = 86_400_000_000_000;
    private const long WeekNs = 7 * DayNs;

    // 1970-01-01 was a Thursday.
    private const long FirstMondayNs = 4 * DayNs;

    /// <summary>The start of the bar that holds a time.</summary>
    public long StartOf(int lane, long eventNs)
    {
        long interval = intervalNs[lane];
        if (interval >= DayNs)
        {
            if (calendar is not null && interval == DayNs) return calendar.SessionStart(eventNs);
            if (calendar is not null && interval == WeekNs) return calendar.WeekStart(eventNs);
            if (interval == WeekNs) return eventNs - Modulo(eventNs - FirstMondayNs, WeekNs);
        }

        return eventNs - (eventNs % interval);
    }

    /// <summary>The end of the bar that begins at a time.</summary>
    public long EndOf(int lane, long startNs)
    {
        long interval = intervalNs[lane];
        if (calendar is not null && interval == DayNs) return calendar.SessionEnd(startNs);
        if (calendar is not null && interval == WeekNs) return calendar.WeekEnd(startNs);
        return startNs + interval;
    }

    private static long Modulo(long value, long divisor)
    {
        long rest = value % divisor;
        return rest < 0 ? rest + divisor : rest;
    }
}
