package erpsync

import (
	"fmt"
	"math/big"
	"regexp"
)

// Decimals travel as text, and Go has no exact decimal: units and amounts stay strings here. What follows checks them,
// and turns them into exact fractions and back for who wants to calculate. Nothing goes through a float.

const decimalPlacesMax = 6

var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?$`)

// CheckDecimal says what is wrong with a decimal before the server does; nil: nothing.
func CheckDecimal(text string) error {
	if !decimal.MatchString(text) {
		return fmt.Errorf("erpsync: %q is no decimal: at most 12 digits, then at most 6 after a point, as in -12.50", text)
	}
	return nil
}

// ParseDecimal is the exact value of a decimal.
func ParseDecimal(text string) (*big.Rat, error) {
	if err := CheckDecimal(text); err != nil {
		return nil, err
	}
	value, _ := new(big.Rat).SetString(text)
	return value, nil
}

// FormatDecimal writes a value as a decimal with as many places as it needs. It rounds nothing: what needs more than 6
// places, or more than 12 digits before the point, is an error.
func FormatDecimal(value *big.Rat) (string, error) {
	places, exact := value.FloatPrec()
	if !exact || decimalPlacesMax < places {
		return "", fmt.Errorf("erpsync: %s needs more than %d places; round it as your rules say", value.RatString(), decimalPlacesMax)
	}
	text := value.FloatString(places)
	if err := CheckDecimal(text); err != nil {
		return "", err
	}
	return text, nil
}
