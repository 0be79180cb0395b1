package dev.erpsync;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimals travel as text; here they become {@link BigDecimal} and text again, exactly. Nothing goes through a double. */
public final class Decimals {
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?");
    private static final int PLACES_MAX = 6;

    private Decimals() {}

    /** The value of a decimal. What is none is refused with an IllegalArgumentException. */
    public static BigDecimal parse(String text) {
        return new BigDecimal(checked(text));
    }

    /**
     * A value as it travels: without an exponent, and with the places that it has. It rounds nothing: what needs more than 6
     * places, or more than 12 digits before the point, is refused with an IllegalArgumentException.
     */
    public static String format(BigDecimal value) {
        BigDecimal exact = value.scale() > PLACES_MAX ? value.stripTrailingZeros() : value;
        // What is that large would be written out first, digit by digit.
        if (exact.precision() - (long) exact.scale() > 100 || exact.scale() > 100) {
            throw new IllegalArgumentException(value + " is out of the range of decimals");
        }
        return checked(exact.toPlainString());
    }

    private static String checked(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no decimal: at most 12 digits, then at most 6 after a point, as in -12.50");
        }
        return text;
    }
}
