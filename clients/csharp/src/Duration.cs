using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Erpsync
{
    /// <summary>
    /// A length of time, to the nanosecond. A <see cref="TimeSpan"/> becomes one by itself.
    /// </summary>
    public readonly struct Duration : IEquatable<Duration>
    {
        // Some 10,000 years.
        private const long Most = 315576000000;

        private static readonly Regex Pattern = new Regex(@"\A(-?)([0-9]{1,12})(?:\.([0-9]{1,9}))?s\z", RegexOptions.CultureInvariant);

        /// <summary>
        /// A length of time.
        /// </summary>
        /// <param name="seconds">Of one sign with the nanoseconds.</param>
        /// <param name="nanos">-999,999,999 to 999,999,999.</param>
        public Duration(long seconds, int nanos)
        {
            var isOneSign = seconds == 0 || nanos == 0 || seconds < 0 == nanos < 0;
            if (seconds < -Most || seconds > Most || nanos < -999999999 || nanos > 999999999 || !isOneSign)
            {
                throw new ArgumentOutOfRangeException(nameof(seconds), seconds + " s and " + nanos + " ns are no length of time");
            }
            Seconds = seconds;
            Nanos = nanos;
        }

        /// <summary>Whole seconds.</summary>
        public long Seconds { get; }

        /// <summary>The rest.</summary>
        public int Nanos { get; }

        /// <summary>
        /// The same length.
        /// </summary>
        public static implicit operator Duration(TimeSpan length)
        {
            return new Duration(length.Ticks / TimeSpan.TicksPerSecond, (int)(length.Ticks % TimeSpan.TicksPerSecond) * 100);
        }

        /// <summary>
        /// The same length, cut to 100 ns.
        /// </summary>
        public TimeSpan ToTimeSpan()
        {
            return TimeSpan.FromTicks(Seconds * TimeSpan.TicksPerSecond + Nanos / 100);
        }

        /// <summary>
        /// As the wire has it: <c>1.5s</c>.
        /// </summary>
        public static bool TryParse(string text, out Duration length)
        {
            length = default(Duration);
            var match = Pattern.Match(text ?? "");
            if (!match.Success) return false;
            var sign = match.Groups[1].Value == "-" ? -1 : 1;
            var seconds = long.Parse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture);
            var nanos = int.Parse(match.Groups[3].Value.PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
            if (seconds > Most) return false;
            length = new Duration(sign * seconds, sign * nanos);
            return true;
        }

        /// <summary>
        /// With as many digits after the point as it needs: 0, 3, 6 or 9.
        /// </summary>
        public override string ToString()
        {
            var sign = Seconds < 0 || Nanos < 0 ? "-" : "";
            return sign + Math.Abs(Seconds).ToString(CultureInfo.InvariantCulture) + Fraction(Math.Abs(Nanos)) + "s";
        }

        /// <summary>
        /// <c>.5</c> as <c>.500</c>, nothing as nothing.
        /// </summary>
        internal static string Fraction(int nanos)
        {
            if (nanos == 0) return "";
            var digits = nanos.ToString("000000000", CultureInfo.InvariantCulture);
            return "." + digits.Substring(0, nanos % 1000000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : 9);
        }

        /// <inheritdoc/>
        public bool Equals(Duration other)
        {
            return Seconds == other.Seconds && Nanos == other.Nanos;
        }

        /// <inheritdoc/>
        public override bool Equals(object other)
        {
            return other is Duration && Equals((Duration)other);
        }

        /// <inheritdoc/>
        public override int GetHashCode()
        {
            return Seconds.GetHashCode() ^ Nanos;
        }

        /// <summary>Whether they are the same.</summary>
        public static bool operator ==(Duration one, Duration other)
        {
            return one.Equals(other);
        }

        /// <summary>Whether they are not the same.</summary>
        public static bool operator !=(Duration one, Duration other)
        {
            return !one.Equals(other);
        }
    }
}
