using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Erpsync
{
    /// <summary>
    /// An instant, to the nanosecond. .NET's own times end at 100 ns, and what the server told is kept as it is: so whoever
    /// sends a time back sends the same. A <see cref="DateTimeOffset"/> becomes one by itself.
    /// </summary>
    public readonly struct Timestamp : IEquatable<Timestamp>, IComparable<Timestamp>
    {
        private const long First = -62135596800;
        private const long Last = 253402300799;
        private const string Seconds19 = "yyyy-MM-ddTHH:mm:ss";

        private static readonly Regex Pattern = new Regex(
            @"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(Z|([+-])([0-9]{2}):([0-9]{2}))\z",
            RegexOptions.CultureInvariant);

        /// <summary>
        /// An instant.
        /// </summary>
        /// <param name="seconds">Since 1970 in UTC; of the years 1 to 9999.</param>
        /// <param name="nanos">From there on: 0 to 999,999,999.</param>
        public Timestamp(long seconds, int nanos)
        {
            if (seconds < First || seconds > Last || nanos < 0 || nanos > 999999999)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(seconds), seconds + " s and " + nanos + " ns are no instant of the years 1 to 9999");
            }
            Seconds = seconds;
            Nanos = nanos;
        }

        /// <summary>Since 1970 in UTC.</summary>
        public long Seconds { get; }

        /// <summary>From there on.</summary>
        public int Nanos { get; }

        /// <summary>
        /// The same instant.
        /// </summary>
        public static implicit operator Timestamp(DateTimeOffset time)
        {
            var seconds = time.ToUnixTimeSeconds();
            var rest = time.UtcTicks - DateTimeOffset.FromUnixTimeSeconds(seconds).UtcTicks;
            return new Timestamp(seconds, (int)rest * 100);
        }

        /// <summary>
        /// The same instant in UTC, cut to 100 ns.
        /// </summary>
        public DateTimeOffset ToDateTimeOffset()
        {
            return DateTimeOffset.FromUnixTimeSeconds(Seconds).AddTicks(Nanos / 100);
        }

        /// <summary>
        /// As the wire has it: <c>2026-11-25T23:53:54.943733762Z</c>.
        /// </summary>
        public static bool TryParse(string text, out Timestamp time)
        {
            time = default(Timestamp);
            var match = Pattern.Match(text ?? "");
            DateTime whole;
            if (!match.Success || !DateTime.TryParseExact(
                match.Groups[1].Value, Seconds19, CultureInfo.InvariantCulture, DateTimeStyles.None, out whole))
            {
                return false;
            }
            var zone = match.Groups[4].Success
                ? Number(match.Groups[5].Value) * 3600 + Number(match.Groups[6].Value) * 60
                : 0;
            var seconds = whole.Ticks / TimeSpan.TicksPerSecond + First - (match.Groups[4].Value == "-" ? -zone : zone);
            if (seconds < First || seconds > Last) return false;
            time = new Timestamp(seconds, Number(match.Groups[2].Value.PadRight(9, '0')));
            return true;
        }

        /// <summary>
        /// With as many digits after the point as it needs: 0, 3, 6 or 9.
        /// </summary>
        public override string ToString()
        {
            var whole = DateTimeOffset.FromUnixTimeSeconds(Seconds).UtcDateTime;
            return whole.ToString(Seconds19, CultureInfo.InvariantCulture) + Duration.Fraction(Nanos) + "Z";
        }

        /// <inheritdoc/>
        public int CompareTo(Timestamp other)
        {
            return Seconds == other.Seconds ? Nanos.CompareTo(other.Nanos) : Seconds.CompareTo(other.Seconds);
        }

        /// <inheritdoc/>
        public bool Equals(Timestamp other)
        {
            return CompareTo(other) == 0;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return other is Timestamp && Equals((Timestamp)other);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return Seconds.GetHashCode() ^ Nanos;
        }

        /// <summary>Whether they are the same.</summary>
        public static bool operator ==(Timestamp one, Timestamp other)
        {
            return one.Equals(other);
        }

        /// <summary>Whether they are not the same.</summary>
        public static bool operator !=(Timestamp one, Timestamp other)
        {
            return !one.Equals(other);
        }

        private static int Number(string digits)
        {
            return int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }
}
