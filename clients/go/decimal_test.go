package erpsync

import (
	"math/big"
	"testing"
)

func TestDecimals(t *testing.T) {
	for text, good := range map[string]bool{
		"0": true, "5": true, "-5": true, "2.5": true, "2.50": true, "0.000001": true, "-0.1": true, "-0": true,
		"999999999999.999999": true, "1000000000000": false, "0.0000001": false,
		"": false, "-": false, "+5": false, "05": false, ".5": false, "5.": false, "1e3": false, "1,5": false, " 5": false, "5\n": false, "NaN": false, "٣": false,
	} {
		if err := CheckDecimal(text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := ParseDecimal(text); (err == nil) != good {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestDecimalsAreExact(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "2.50": "2.5", "0.1": "0.1", "-0.000001": "-0.000001", "999999999999.999999": "999999999999.999999", "100": "100",
	} {
		value, err := ParseDecimal(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := FormatDecimal(value); err != nil || got != want {
			t.Errorf("%s becomes %q, %v", text, got, err)
		}
	}
	third, tiny, huge := big.NewRat(1, 3), big.NewRat(1, 10_000_000), big.NewRat(1_000_000_000_000, 1)
	for _, it := range []*big.Rat{third, tiny, huge} {
		if got, err := FormatDecimal(it); err == nil || got != "" {
			t.Errorf("%s becomes %q", it, got)
		}
	}
}
