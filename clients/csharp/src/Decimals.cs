using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Erpsync
{
    /// <summary>
    /// Quantities and money: on the wire texts with at most 12 digits before the point and 6 after it, here
    /// <see cref="decimal"/>, which holds them exactly.
    /// </summary>
    public static class Decimals
    {
        private const decimal Most = 999999999999.999999m;

        private static readonly Regex Pattern = new Regex(@"\A-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?\z", RegexOptions.CultureInvariant);

        /// <summary>
        /// <c>2.5</c> as 2.5, in whatever culture.
        /// </summary>
        /// <exception cref="FormatException">It is none.</exception>
        public static decimal FromWire(string text)
        {
            if (!Pattern.IsMatch(text ?? "")) throw new FormatException("\"" + text + "\" is no decimal: at most 12 digits before the point and 6 after it");
            return decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        }

        /// <summary>
        /// 2.5 as <c>2.5</c>, in whatever culture.
        /// </summary>
        /// <exception cref="ArgumentOutOfRangeException">It has more digits than the wire; round it as your rules say.</exception>
        public static string ToWire(decimal number)
        {
            if (Math.Abs(number) > Most || decimal.Round(number, 6) != number)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(number), number, "a decimal has at most 12 digits before the point and 6 after it");
            }
            // There is no less than nothing of nothing.
            return number == 0 ? "0" : number.ToString("0.######", CultureInfo.InvariantCulture);
        }
    }
}
