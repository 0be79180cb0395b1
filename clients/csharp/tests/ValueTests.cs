using System;
using System.Globalization;
using System.Linq;
using System.Threading;

namespace Erpsync.Tests
{
    internal static class ValueTests
    {
        private static Timestamp Time(string text)
        {
            Timestamp time;
            if (!Timestamp.TryParse(text, out time)) throw new Exception(text + " is no time");
            return time;
        }

        private static void TimeIs(string text, long seconds, int nanos)
        {
            var time = Time(text);
            Must.Same(new Timestamp(seconds, nanos), time, text);
            Must.Same(text, time.ToString());
        }

        private static void LengthIs(string text, long seconds, int nanos)
        {
            Duration length;
            Must.Same(true, Duration.TryParse(text, out length), text);
            Must.Same(new Duration(seconds, nanos), length, text);
            Must.Same(text, length.ToString());
        }

        public static void Add()
        {
            Run.Test("times keep all their digits", () =>
            {
                TimeIs("2026-11-25T23:53:54Z", 1795650834, 0);
                TimeIs("2026-11-25T23:53:54.943Z", 1795650834, 943000000);
                TimeIs("2026-11-25T23:53:54.005Z", 1795650834, 5000000);
                TimeIs("2026-11-25T23:53:54.943733Z", 1795650834, 943733000);
                TimeIs("2026-11-25T23:53:54.943733762Z", 1795650834, 943733762);
                TimeIs("2026-11-25T23:53:54.000000001Z", 1795650834, 1);
                TimeIs("1969-12-31T23:59:59.500Z", -1, 500000000);
                TimeIs("0001-01-01T00:00:00Z", -62135596800, 0);
                TimeIs("0099-01-01T00:00:00Z", -59042995200, 0);
                TimeIs("9999-12-31T23:59:59.999999999Z", 253402300799, 999999999);
                TimeIs("2024-02-29T00:00:00Z", 1709164800, 0);
                Must.Same("2026-11-25T23:53:54.100Z", Time("2026-11-26T01:53:54.1+02:00").ToString());
                Must.Same("2026-11-26T00:23:54Z", Time("2026-11-25T22:53:54-01:30").ToString());
            });

            Run.Test("what is no time", () =>
            {
                foreach (var bad in new[]
                {
                    "", "2026-11-25", "2026-11-25T23:53:54", "2026-11-25 23:53:54Z", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z",
                    "2026-11-25T25:00:00Z",
                    "2026-11-25T23:53:60Z", "2026-11-25T23:53:54.Z", "2026-11-25T23:53:54.1234567890Z", "0000-12-31T23:59:59Z",
                    "10000-01-01T00:00:00Z",
                    "2026-11-25T23:53:54Z\n", "0001-01-01T00:00:00+01:00", "٢٠٢٦-11-25T23:53:54Z", null,
                })
                {
                    Timestamp time;
                    Must.Same(false, Timestamp.TryParse(bad, out time), bad ?? "null");
                }
                Must.Throw<ArgumentOutOfRangeException>(() => new Timestamp(0, 1000000000));
                Must.Throw<ArgumentOutOfRangeException>(() => new Timestamp(253402300800, 0));
            });

            Run.Test("times and those of .NET", () =>
            {
                Timestamp time = new DateTimeOffset(2026, 11, 25, 23, 53, 54, 943, TimeSpan.FromHours(1)).AddTicks(7337);
                Must.Same("2026-11-25T22:53:54.943733700Z", time.ToString());
                Timestamp before = new DateTimeOffset(1969, 12, 31, 23, 59, 59, 500, TimeSpan.Zero);
                Must.Same("1969-12-31T23:59:59.500Z", before.ToString());
                Timestamp first = DateTimeOffset.MinValue, last = DateTimeOffset.MaxValue;
                Must.Same("0001-01-01T00:00:00Z", first.ToString());
                Must.Same(DateTimeOffset.MaxValue, last.ToDateTimeOffset());
                Func<string, string> cut = it => Time(it).ToDateTimeOffset().ToString("ss.FFFFFFF", CultureInfo.InvariantCulture);
                Must.Same("54.9437337", cut("2026-11-25T23:53:54.943733762Z"));
                Must.Same("59.5000009", cut("1969-12-31T23:59:59.500000999Z"));
                Must.Same(true, Time("2026-11-25T23:53:54.943733762Z").CompareTo(Time("2026-11-25T23:53:54.943733763Z")) < 0);
            });

            Run.Test("lengths of time", () =>
            {
                LengthIs("0s", 0, 0);
                LengthIs("10s", 10, 0);
                LengthIs("0.500s", 0, 500000000);
                LengthIs("-0.500s", 0, -500000000);
                LengthIs("-1.000000001s", -1, -1);
                LengthIs("1.000001s", 1, 1000);
                LengthIs("315576000000s", 315576000000, 0);
                Duration length = TimeSpan.FromSeconds(-1.5);
                Must.Same("-1.500s", length.ToString());
                Must.Same(TimeSpan.FromSeconds(-1.5), length.ToTimeSpan());
                foreach (var bad in new[] { "", "1", "s", "1.s", ".5s", "1e3s", "1.1234567890s", "315576000001s", "1s\n", null })
                {
                    Must.Same(false, Duration.TryParse(bad, out length), bad ?? "null");
                }
                Must.Throw<ArgumentOutOfRangeException>(() => new Duration(1, -1));
            });

            Run.Test("decimals, in a culture that writes commas", () =>
            {
                var culture = Thread.CurrentThread.CurrentCulture;
                var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
                commas.NumberFormat.NumberDecimalSeparator = ",";
                commas.NumberFormat.NegativeSign = "~";
                Thread.CurrentThread.CurrentCulture = commas;
                try
                {
                    Must.Same("1234567,5", 1234567.5m.ToString(), "the culture is there");
                    foreach (var good in new[]
                    {
                        "0", "5", "-5", "2.5", "9.95", "0.000001", "-0.5", "999999999999.999999", "-999999999999.999999", "1234567.5",
                    })
                    {
                        Must.Same(good, Decimals.ToWire(Decimals.FromWire(good)));
                    }
                    Must.Same("1.5", Decimals.ToWire(1.50m));
                    Must.Same("0", Decimals.ToWire(-0.0000000m));
                    Must.Same("0.00000100".Substring(0, 8), Decimals.ToWire(0.00000100m));
                    Must.Same("100000000000", Decimals.ToWire(1e11m));
                    Must.Same(0.3m, Decimals.FromWire("0.1") + Decimals.FromWire("0.2"));
                    foreach (var bad in new[]
                    {
                        "", "-", ".5", "5.", "05", "+5", "1e3", "1,5", "1.000.000", " 5", "5\n", "1000000000000", "0.0000001", "NaN", "٣", null,
                    })
                    {
                        Must.Throw<FormatException>(() => Decimals.FromWire(bad));
                    }
                    foreach (var bad in new[] { 1000000000000m, -1000000000000m, 0.0000001m, 1.0000005m, decimal.MaxValue })
                    {
                        Must.Throw<ArgumentOutOfRangeException>(() => Decimals.ToWire(bad));
                    }
                }
                finally
                {
                    Thread.CurrentThread.CurrentCulture = culture;
                }
            });
        }
    }
}
