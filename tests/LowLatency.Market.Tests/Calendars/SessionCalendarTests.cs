using System.Globalization;
using LowLatency.Market.Calendars;

namespace LowLatency.Market.Tests.Calendars;

public sealed class SessionCalendarTests
{
    private static readonly SessionCalendar Us = SessionCalendar.Of(CalendarName.UsEquities)!;
    private static readonly SessionCalendar Early = SessionCalendar.Of(CalendarName.UsEquitiesExtended)!;
    private static readonly SessionCalendar Fx = SessionCalendar.Of(CalendarName.Fx)!;

    // Clocks in New York go forward on 2024-03-10 and back on 2024-11-03.
    [Theory]
    [InlineData("2024-03-08T14:30:00", "2024-03-08T14:30:00", "2024-03-11T13:30:00")]
    [InlineData("2024-03-11T13:29:59", "2024-03-08T14:30:00", "2024-03-11T13:30:00")]
    [InlineData("2024-03-11T13:30:00", "2024-03-11T13:30:00", "2024-03-12T13:30:00")]
    [InlineData("2024-11-01T23:00:00", "2024-11-01T13:30:00", "2024-11-04T14:30:00")]
    [InlineData("2024-11-04T14:29:59", "2024-11-01T13:30:00", "2024-11-04T14:30:00")]
    public void Should_Open_At_Half_Past_Nine_In_New_York_Whatever_The_Clocks_Say(string at, string start, string end) =>
        Assert.Equal((Ns(start), Ns(end)), (Us.SessionStart(Ns(at)), Us.SessionEnd(Ns(at))));

    [Fact]
    public void Should_Open_Weeks_Of_Foreign_Exchange_On_Sunday_Evening_Whatever_The_Clocks_Say()
    {
        // Friday's session, which opened on Thursday evening, holds the weekend, an hour short of three days and long by as much.
        Assert.Equal((Ns("2024-03-07T22:00:00"), Ns("2024-03-10T21:00:00")), (Fx.SessionStart(Ns("2024-03-08T12:00:00")), Fx.SessionEnd(Ns("2024-03-08T12:00:00"))));
        Assert.Equal((Ns("2024-10-31T21:00:00"), Ns("2024-11-03T22:00:00")), (Fx.SessionStart(Ns("2024-11-01T12:00:00")), Fx.SessionEnd(Ns("2024-11-01T12:00:00"))));
        Assert.Equal((Ns("2024-03-10T21:00:00"), Ns("2024-03-11T21:00:00")), (Fx.SessionStart(Ns("2024-03-11T02:00:00")), Fx.SessionEnd(Ns("2024-03-11T02:00:00"))));
        Assert.Equal((Ns("2024-11-03T22:00:00"), Ns("2024-11-10T22:00:00")), (Fx.WeekStart(Ns("2024-11-06T00:00:00")), Fx.WeekEnd(Ns("2024-11-06T00:00:00"))));
        Assert.Equal((Ns("2024-03-10T21:00:00"), Ns("2024-03-17T21:00:00")), (Fx.WeekStart(Ns("2024-03-16T00:00:00")), Fx.WeekEnd(Ns("2024-03-16T00:00:00"))));
    }

    [Fact]
    public void Should_Begin_The_Extended_Day_At_Four()
    {
        Assert.Equal(Ns("2024-07-08T08:00:00"), Early.SessionStart(Ns("2024-07-08T12:00:00")));
        Assert.Equal(Ns("2024-07-05T08:00:00"), Early.SessionStart(Ns("2024-07-08T07:59:59")));
    }

    // What the exchange has published; a Friday before a New Year's Day on a Saturday is traded.
    [Theory]
    [InlineData("2023-11-23", false)]
    [InlineData("2024-01-01", false)]
    [InlineData("2024-01-15", false)]
    [InlineData("2024-02-19", false)]
    [InlineData("2024-03-29", false)]
    [InlineData("2024-05-27", false)]
    [InlineData("2024-06-19", false)]
    [InlineData("2024-07-04", false)]
    [InlineData("2024-09-02", false)]
    [InlineData("2024-11-28", false)]
    [InlineData("2024-12-25", false)]
    [InlineData("2025-01-09", false)]
    [InlineData("2001-09-12", false)]
    [InlineData("2012-10-30", false)]
    [InlineData("2022-06-20", false)]
    [InlineData("2023-01-02", false)]
    [InlineData("2020-07-03", false)]
    [InlineData("2021-12-31", true)]
    [InlineData("2021-06-18", true)]
    [InlineData("2024-10-14", true)]
    [InlineData("2024-11-29", true)]
    [InlineData("2013-10-08", true)]
    public void Should_Know_The_Days_On_Which_The_Exchanges_Are_Closed(string day, bool open)
    {
        long noon = Ns(day + "T18:00:00");
        Assert.Equal(open, noon - Us.SessionStart(noon) < 6 * 3_600_000_000_000);
    }

    [Fact]
    public void Should_Hold_Every_Time_In_One_Session_Of_One_Week()
    {
        foreach (SessionCalendar calendar in new[] { Us, Early, Fx })
        {
            long at = 1;
            int sessions = 0;
            while (at < Ns("2260-01-01T00:00:00"))
            {
                long end = calendar.SessionEnd(at);
                Assert.True(calendar.SessionStart(at) <= at && at < end);
                Assert.Equal(end, calendar.SessionStart(end));
                Assert.True(calendar.WeekStart(at) <= calendar.SessionStart(at) && end <= calendar.WeekEnd(at));
                at = end;
                sessions++;
            }

            Assert.InRange(sessions / 290.0, 249, 262);
        }
    }

    [Fact]
    public void Should_Need_No_Calendar_For_Utc() => Assert.Null(SessionCalendar.Of(CalendarName.Utc));

    private static long Ns(string utc) => DateTime.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).Subtract(DateTime.UnixEpoch).Ticks * 100;
}
