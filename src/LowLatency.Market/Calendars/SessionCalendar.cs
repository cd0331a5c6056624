using NodaTime;

namespace LowLatency.Market.Calendars;

/// <summary>
/// When the sessions of a market open, from 1970 to 2262. A day of bars is [session open, next session open), so that what is traded after hours, on a
/// weekend or on a holiday belongs to the session before. Immutable, and made once for each name: all openings are worked out then, and asking does not allocate.
/// </summary>
public sealed class SessionCalendar
{
    private static readonly LocalDate First = new(1969, 12, 15);
    private static readonly LocalDate Last = new(2262, 2, 1);
    private static readonly Lazy<SessionCalendar> UsEquities = new(() => Make(new LocalTime(9, 30), 0));
    private static readonly Lazy<SessionCalendar> UsEquitiesExtended = new(() => Make(new LocalTime(4, 0), 0));
    private static readonly Lazy<SessionCalendar> Fx = new(() => Make(new LocalTime(17, 0), -1));

    private readonly long[] _sessions;
    private readonly long[] _weeks;

    private SessionCalendar(long[] sessions, long[] weeks)
    {
        _sessions = sessions;
        _weeks = weeks;
    }

    /// <summary>The calendar of a name; null for <see cref="CalendarName.Utc"/>, which needs none.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such calendar.</exception>
    public static SessionCalendar? Of(CalendarName name) => name switch
    {
        CalendarName.Utc => null,
        CalendarName.UsEquities => UsEquities.Value,
        CalendarName.UsEquitiesExtended => UsEquitiesExtended.Value,
        CalendarName.Fx => Fx.Value,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such calendar."),
    };

    /// <summary>When the session opened that a time belongs to.</summary>
    /// <param name="eventNs">Nanoseconds since 1970, 1970 to 2261.</param>
    public long SessionStart(long eventNs) => _sessions[IndexOf(_sessions, eventNs)];

    /// <summary>When the session after that one opens.</summary>
    /// <param name="eventNs">Nanoseconds since 1970, 1970 to 2261.</param>
    public long SessionEnd(long eventNs) => _sessions[IndexOf(_sessions, eventNs) + 1];

    /// <summary>When the first session of the week opened that a time belongs to.</summary>
    /// <param name="eventNs">Nanoseconds since 1970, 1970 to 2261.</param>
    public long WeekStart(long eventNs) => _weeks[IndexOf(_weeks, eventNs)];

    /// <summary>When the first session of the week after that one opens.</summary>
    /// <param name="eventNs">Nanoseconds since 1970, 1970 to 2261.</param>
    public long WeekEnd(long eventNs) => _weeks[IndexOf(_weeks, eventNs) + 1];

    private static int IndexOf(long[] opens, long eventNs)
    {
        int at = Array.BinarySearch(opens, eventNs);
        return at >= 0 ? at : ~at - 1;
    }

    // The day before: sessions of foreign exchange open on the evening before the day that they are named after.
    private static SessionCalendar Make(LocalTime open, int dayOffset)
    {
        DateTimeZone zone = DateTimeZoneProviders.Tzdb["America/New_York"];
        var sessions = new List<long>();
        var weeks = new List<long>();
        LocalDate week = default;
        for (LocalDate day = First; day <= Last; day = day.PlusDays(1))
        {
            if (day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday || (dayOffset == 0 && UsHolidays.IsClosed(day))) continue;
            long openNs = zone.AtLeniently(day.PlusDays(dayOffset).At(open)).ToInstant().ToUnixTimeTicks() * 100;
            LocalDate monday = day.PlusDays(1 - (int)day.DayOfWeek);
            if (monday != week) weeks.Add(openNs);
            week = monday;
            sessions.Add(openNs);
        }

        return new SessionCalendar([.. sessions], [.. weeks]);
    }
}
