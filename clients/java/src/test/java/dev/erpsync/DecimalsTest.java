package dev.erpsync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "-5", "2.5", "2.50", "0.000001", "-0.1", "999999999999.999999", "-999999999999.999999"})
    void goBothWays(String text) {
        assertEquals(text, Decimals.format(Decimals.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+5", "05", ".5", "5.", "1e3", "1,5", " 5", "5\n", "NaN", "٣", "1000000000000", "0.0000001"})
    void areRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Decimals.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"1E+3, 1000", "1E-6, 0.000001", "2.5000000000, 2.5", "2.500000, 2.500000", "-0.0, 0.0", "0E-9, 0"})
    void areWrittenPlainly(String value, String text) {
        assertEquals(text, Decimals.format(new BigDecimal(value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0000001", "2.5000001", "1E+12", "1E+2147483647", "1E-2147483647", "-1000000000000"})
    void areNotRounded(String value) {
        assertThrows(IllegalArgumentException.class, () -> Decimals.format(new BigDecimal(value)));
    }

    @Test
    void areExact() {
        BigDecimal sum = Decimals.parse("0.1").add(Decimals.parse("0.2"));
        assertEquals("0.3", Decimals.format(sum));
    }
}
