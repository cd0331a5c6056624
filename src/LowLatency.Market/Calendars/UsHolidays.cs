using NodaTime;

namespace LowLatency.Market.Calendars;

/// <summary>
/// Full days on which the US stock exchanges are closed, weekends apart: the rules in force today, each from the year in which it began, and the
/// closures since 1994 that no rule foresaw. Days before 1970's rules changed (election days, for one) are not known here.
/// </summary>
internal static class UsHolidays
{
    private static readonly LocalDate[] Unforeseen =
    [
        new(1994, 4, 27), new(2001, 9, 11), new(2001, 9, 12), new(2001, 9, 13), new(2001, 9, 14), new(2004, 6, 11), new(2007, 1, 2),
        new(2012, 10, 29), new(2012, 10, 30), new(2018, 12, 5), new(2025, 1, 9),
    ];

    /// <summary>Whether the exchanges stay closed on a weekday.</summary>
    public static bool IsClosed(LocalDate day)
    {
        // A New Year's Day on a Saturday is not made up for: the Friday before belongs to the old year.
        if (day == new LocalDate(day.Year, 1, 1) || (day.Month == 1 && day.Day == 2 && day.DayOfWeek == IsoDayOfWeek.Monday)) return true;
        return IsMovable(day) || day == Easter(day.Year).PlusDays(-2) || IsObserved(day, 7, 4) || IsObserved(day, 12, 25) || (day.Year >= 2022 && IsObserved(day, 6, 19)) || Array.IndexOf(Unforeseen, day) >= 0;
    }

    private static bool IsMovable(LocalDate day) => (day.Month, day.DayOfWeek) switch
    {
        (1, IsoDayOfWeek.Monday) => day.Year >= 1998 && NumberInMonth(day) == 3,
        (2, IsoDayOfWeek.Monday) => NumberInMonth(day) == 3,
        (5, IsoDayOfWeek.Monday) => day.Day > 24,
        (9, IsoDayOfWeek.Monday) => NumberInMonth(day) == 1,
        (11, IsoDayOfWeek.Thursday) => NumberInMonth(day) == 4,
        _ => false,
    };

    private static int NumberInMonth(LocalDate day) => (day.Day + 6) / 7;

    private static bool IsObserved(LocalDate day, int month, int dayOfMonth)
    {
        var holiday = new LocalDate(day.Year, month, dayOfMonth);
        return day == holiday.DayOfWeek switch
        {
            IsoDayOfWeek.Saturday => holiday.PlusDays(-1),
            IsoDayOfWeek.Sunday => holiday.PlusDays(1),
            _ => holiday,
        };
    }

    // The Gregorian computus in the form of Meeus, Jones and Butcher.
    private static LocalDate Easter(int year)
    {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = ((19 * a) + b - (b / 4) - ((b - ((b + 8) / 25) + 1) / 3) + 15) % 30;
        int l = (32 + (2 * (b % 4)) + (2 * (c / 4)) - h - (c % 4)) % 7;
        int m = (a + (11 * h) + (22 * l)) / 451;
        int n = h + l - (7 * m) + 114;
        return new LocalDate(year, n / 31, (n % 31) + 1);
    }
}
