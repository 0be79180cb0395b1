//! Exact decimal numbers: quantities and money.
//!
//! An `i64` of millionths, with `i128` inside products and quotients, all checked. Rounding is half
//! away from zero, in [`divide`], at the places that the rules of the domain name, nowhere else.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type};

use crate::error::{Reason, Refusal, Result};

const PLACES: u32 = 6;
const ONE: i64 = 1_000_000;
/// 12 digits before the point.
const MILLIONTHS_MAX: i64 = 999_999_999_999_999_999;
/// A sign, 13 digits (where the largest is rounded up), a point and 6 digits.
const TEXT_MAX: usize = 21;

/// A decimal with at most 12 digits before and 6 after the point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// 0
    pub const ZERO: Decimal = Decimal(0);
    /// 1
    pub const ONE: Decimal = Decimal(ONE);

    /// A whole number.
    pub const fn whole(number: i32) -> Decimal {
        Decimal(number as i64 * ONE)
    }

    /// So many millionths, if they are in range.
    pub fn from_millionths(millionths: i128) -> Result<Decimal> {
        match i64::try_from(millionths) {
            Ok(it) if it.abs() <= MILLIONTHS_MAX => Ok(Decimal(it)),
            _ => Err(Refusal::new(
                Reason::NumberOutOfRange,
                "a number has more than 12 digits before the point",
            )),
        }
    }

    /// The number as millionths.
    pub fn millionths(self) -> i128 {
        self.0.into()
    }

    /// `-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?`, no exponent, no `-0`.
    pub fn parse(text: &str) -> Result<Decimal, String> {
        let wrong = || {
            "must be a decimal like 12.50: at most 12 digits before the point and 6 after it"
                .to_string()
        };
        if 20 < text.len() {
            return Err(wrong());
        }
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return Err(wrong()),
            Some((whole, fraction)) => (whole, fraction),
            None => (digits, ""),
        };
        let fits = (1..=12).contains(&whole.len())
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.len() <= PLACES as usize
            && [whole, fraction].iter().all(|it| it.bytes().all(|it| it.is_ascii_digit()));
        if !fits {
            return Err(wrong());
        }
        let mut number: i64 = 0;
        let padded = fraction.bytes().chain(std::iter::repeat(b'0')).take(PLACES as usize);
        for digit in whole.bytes().chain(padded) {
            number = number * 10 + i64::from(digit - b'0');
        }
        match text.starts_with('-') {
            true if number == 0 => Err("must not be -0".into()),
            true => Ok(Decimal(-number)),
            false => Ok(Decimal(number)),
        }
    }

    /// Less than zero.
    pub fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// More than zero.
    pub fn is_positive(self) -> bool {
        0 < self.0
    }

    /// Neither.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Decimal {
        Decimal(self.0.abs())
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(self) -> Decimal {
        Decimal(-self.0)
    }

    /// The sum, refused beyond 12 digits.
    pub fn try_add(self, other: Decimal) -> Result<Decimal> {
        Decimal::from_millionths(self.millionths() + other.millionths())
    }

    /// The difference, refused beyond 12 digits.
    pub fn try_sub(self, other: Decimal) -> Result<Decimal> {
        Decimal::from_millionths(self.millionths() - other.millionths())
    }

    /// The sum of all, refused beyond 12 digits; on the way there it may be larger.
    pub fn try_sum(all: impl IntoIterator<Item = Decimal>) -> Result<Decimal> {
        Decimal::from_millionths(all.into_iter().map(Decimal::millionths).sum())
    }

    /// The product, rounded to `places`.
    pub fn times(self, other: Decimal, places: u32) -> Result<Decimal> {
        let step = step(places);
        let rounded = divide(self.millionths() * other.millionths(), i128::from(ONE) * step) * step;
        Decimal::from_millionths(rounded)
    }

    /// The product, refused where it has more than 12 digits before or 6 after the point.
    pub fn try_times(self, other: Decimal) -> Result<Decimal> {
        let product = self.millionths() * other.millionths();
        if product % i128::from(ONE) != 0 {
            let message = format!("{self} x {other} has more than 6 digits after the point");
            return Err(Refusal::new(Reason::NumberOutOfRange, message));
        }
        Decimal::from_millionths(product / i128::from(ONE))
    }

    /// How many whole times `each`, which is positive, goes into it; for less than nothing, less.
    #[must_use]
    pub fn whole_times(self, each: Decimal) -> Decimal {
        let times = self.millionths().div_euclid(each.millionths());
        Decimal::from_millionths(times * i128::from(ONE)).unwrap_or_default()
    }

    /// `total × k / n`, rounded to `places`: what falls to `k` of `n` units. `n` is not zero.
    pub fn share(total: Decimal, k: Decimal, n: Decimal, places: u32) -> Result<Decimal> {
        let step = step(places);
        let rounded = divide(total.millionths() * k.millionths(), n.millionths() * step) * step;
        Decimal::from_millionths(rounded)
    }

    /// Rounded to `places`.
    #[must_use]
    pub fn round(self, places: u32) -> Decimal {
        let step = step(places);
        Decimal((divide(self.millionths(), step) * step) as i64)
    }

    /// Whether it says anything beyond `places`.
    pub fn has_more_places_than(self, places: u32) -> bool {
        self.round(places) != self
    }

    /// So many hundredths: 2.50 for 250.
    pub const fn hundredths(number: i32) -> Decimal {
        Decimal(number as i64 * (ONE / 100))
    }

    /// The smallest amount with so many places: 0.01 for 2.
    pub fn unit(places: u32) -> Decimal {
        Decimal(step(places) as i64)
    }
}

/// The quotient, rounded half away from zero. The one place where erpsync rounds.
pub fn divide(dividend: i128, divisor: i128) -> i128 {
    let (quotient, rest) = (dividend / divisor, dividend % divisor);
    if 2 * rest.abs() < divisor.abs() {
        quotient
    } else {
        quotient + if (dividend < 0) == (divisor < 0) { 1 } else { -1 }
    }
}

fn step(places: u32) -> i128 {
    10_i128.pow(PLACES - places.min(PLACES))
}

impl fmt::Display for Decimal {
    /// From the last digit on, in memory of its own that is none of the allocator's: half of what readers are
    /// told are figures.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut rest, mut text, mut start) = (self.0.unsigned_abs(), [0; TEXT_MAX], TEXT_MAX);
        let mut write = |letter| {
            start -= 1;
            text[start] = letter;
        };
        let mut is_shown = false;
        for place in 0.. {
            if place == PLACES {
                if is_shown {
                    write(b'.');
                }
                is_shown = true;
            } else if PLACES < place && rest == 0 {
                break;
            }
            let digit = (rest % 10) as u8;
            rest /= 10;
            // Zeros at the end of a fraction say nothing.
            is_shown |= digit != 0;
            if is_shown {
                write(b'0' + digit);
            }
        }
        if self.is_negative() {
            write(b'-');
        }
        f.pad(std::str::from_utf8(&text[start..]).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> std::result::Result<Decimal, D::Error> {
        Decimal::parse(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// How Postgres sends a `numeric` (`numeric_send` in its `numeric.c`): how many digits to the base of 10,000, the
/// place of the first of them before the point, counted from 0, the sign, the places that are shown, the digits.
mod numeric {
    pub const TYPE: u32 = 1700;
    pub const ARRAY: u32 = 1231;
    pub const BASE: i64 = 10_000;
    /// Of ours: three digits before the point, two behind it.
    pub const DIGITS: i16 = 5;
    pub const WEIGHT: i16 = 2;
    pub const NEGATIVE: u16 = 0x4000;
}

impl Type<Postgres> for Decimal {
    fn type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(numeric::TYPE))
    }
}

impl PgHasArrayType for Decimal {
    fn array_type_info() -> PgTypeInfo {
        PgTypeInfo::with_oid(Oid(numeric::ARRAY))
    }
}

impl Encode<'_, Postgres> for Decimal {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        use numeric::{BASE, DIGITS, NEGATIVE, WEIGHT};
        let (whole, fraction) = (self.0.abs() / ONE, self.0.abs() % ONE * 100);
        let digits = [whole / BASE / BASE, whole / BASE % BASE, whole % BASE];
        let digits = digits.into_iter().chain([fraction / BASE, fraction % BASE]);
        let sign = if self.0 < 0 { NEGATIVE } else { 0 };
        buffer.extend_from_slice(&DIGITS.to_be_bytes());
        buffer.extend_from_slice(&WEIGHT.to_be_bytes());
        buffer.extend_from_slice(&sign.to_be_bytes());
        buffer.extend_from_slice(&(PLACES as i16).to_be_bytes());
        digits.for_each(|it| buffer.extend_from_slice(&(it as i16).to_be_bytes()));
        Ok(IsNull::No)
    }
}

impl Decode<'_, Postgres> for Decimal {
    fn decode(value: PgValueRef<'_>) -> Result<Decimal, BoxDynError> {
        if value.format() == PgValueFormat::Text {
            return Ok(Decimal::parse(value.as_str()?)?);
        }
        let mut words =
            value.as_bytes()?.chunks_exact(2).map(|it| i16::from_be_bytes([it[0], it[1]]));
        let mut word = || words.next().ok_or("a numeric ends too early");
        let (count, weight, sign, _) = (word()?, word()?, word()? as u16, word()?);
        if sign & !numeric::NEGATIVE != 0 {
            return Err("a numeric that is no number".into());
        }
        let mut digits = 0_i128;
        for _ in 0..count {
            digits = digits
                .checked_mul(numeric::BASE.into())
                .and_then(|it| it.checked_add(word().ok()?.into()))
                .ok_or("a numeric has too many digits")?;
        }
        // Decimal places of the last digit, beyond ours.
        let excess = 4 * (i32::from(count) - 1 - i32::from(weight)) - PLACES as i32;
        let out_of_range = "a numeric is out of range";
        let factor = 10_i128.checked_pow(excess.unsigned_abs()).ok_or(out_of_range)?;
        let millionths = match excess {
            0.. => divide(digits, factor),
            _ => digits.checked_mul(factor).ok_or(out_of_range)?,
        };
        Ok(Decimal::from_millionths(if sign == 0 { millionths } else { -millionths })?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn texts_are_read_by_value() {
        for text in ["0", "1.5", "-0.000001", "999999999999.999999", "12", "-7.25", "100", "20.05"]
        {
            assert_eq!(d(text).to_string(), text);
        }
        assert_eq!(format!("{:>6}|{:<6}|", d("-1.5"), d("0.25")), "  -1.5|0.25  |");
        assert_eq!(d("1.50"), d("1.5"));
        for text in
            ["", "-", "-0", "-0.0", "01", ".5", "5.", "1e3", "+1", "1,5", " 1", "1.0000001", "NaN"]
        {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
        assert!(Decimal::parse("1000000000000").is_err());
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        for (text, places, expected) in [
            ("0.005", 2, "0.01"),
            ("-0.005", 2, "-0.01"),
            ("0.004999", 2, "0"),
            ("2.5", 0, "3"),
            ("-2.5", 0, "-3"),
            ("1.0005", 3, "1.001"),
        ] {
            assert_eq!(d(text).round(places), d(expected), "{text}");
        }
    }

    #[test]
    fn products_are_exact_or_refused() {
        for (a, b, expected) in [("2", "6", "12"), ("-0.5", "0.3", "-0.15"), ("1.5", "6", "9")] {
            assert_eq!(d(a).try_times(d(b)), Ok(d(expected)));
        }
        for (a, b) in [("0.000001", "0.1"), ("0.333333", "0.3"), ("999999999999", "2")] {
            let refused = d(a).try_times(d(b)).unwrap_err();
            assert_eq!(refused.reason, Reason::NumberOutOfRange, "{a} x {b}");
        }
    }

    #[test]
    fn whole_times_are_never_too_many() {
        for (of, each, expected) in [
            ("13", "6", "2"),
            ("12", "6", "2"),
            ("5.999999", "6", "0"),
            ("-1", "6", "-1"),
            ("1", "0.3", "3"),
        ] {
            assert_eq!(d(of).whole_times(d(each)), d(expected), "{each} in {of}");
        }
    }

    #[test]
    fn shares_of_a_total() {
        let third = |k: i32| Decimal::share(d("100"), Decimal::whole(k), d("3"), 2).unwrap();
        assert_eq!([third(1), third(2), third(3)], [d("33.33"), d("66.67"), d("100")]);
        assert_eq!(d("48").times(d("0.2"), 2).unwrap(), d("9.6"));
        assert!(d("999999999999").times(d("2"), 2).is_err());
        assert!(Decimal::try_sum([d("999999999999"), d("1")]).is_err());
        assert!(Decimal::try_sum([d("999999999999"), d("1"), d("-1")]).is_ok());
    }
}
