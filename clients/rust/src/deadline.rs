//! How long a call may take.

use std::time::Duration;

use tonic::codegen::http::{HeaderMap, HeaderValue};

use crate::calls::Nature;

const DEFAULT: Duration = Duration::from_secs(10);
const WAITING: Duration = Duration::from_secs(30);
/// The server has the same deadlines. Its own answer, after which the call is said again, is to come first.
const GRACE: Duration = Duration::from_secs(2);

const TIMEOUT: &str = "grpc-timeout";

/// How long to wait for an answer where the caller says nothing.
pub fn unasked(nature: Nature) -> Duration {
    GRACE + if nature == Nature::Waits { WAITING } else { DEFAULT }
}

/// How long the caller wants to wait.
pub fn asked(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(TIMEOUT)?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = digits.parse().ok()?;
    match unit {
        "H" => Some(Duration::from_secs(number.saturating_mul(3_600))),
        "M" => Some(Duration::from_secs(number.saturating_mul(60))),
        "S" => Some(Duration::from_secs(number)),
        "m" => Some(Duration::from_millis(number)),
        "u" => Some(Duration::from_micros(number)),
        "n" => Some(Duration::from_nanos(number)),
        _ => None,
    }
}

/// Tells the server how much is left: at most 8 digits and a unit.
pub fn tell(headers: &mut HeaderMap, left: Duration) {
    const MOST: u128 = 99_999_999;
    let units = [(left.as_micros(), 'u'), (left.as_millis(), 'm')];
    let fits = units.into_iter().find(|(number, _)| *number <= MOST);
    let (number, unit) = fits.unwrap_or((u128::from(left.as_secs()).min(MOST), 'S'));
    if let Ok(value) = HeaderValue::try_from(format!("{number}{unit}")) {
        headers.insert(TIMEOUT, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_what_was_asked() {
        let cases = [
            (Duration::from_millis(1), "1000u"),
            (Duration::from_secs(10), "10000000u"),
            (Duration::from_secs(3_600), "3600000m"),
            (Duration::from_secs(1_000_000), "1000000S"),
        ];
        for (duration, text) in cases {
            let mut headers = HeaderMap::new();
            assert_eq!(asked(&headers), None);
            tell(&mut headers, duration);
            assert_eq!(headers[TIMEOUT], text);
            assert_eq!(asked(&headers), Some(duration));
        }
    }

    #[test]
    fn units_are_those_of_the_protocol() {
        let read = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(TIMEOUT, text.parse().unwrap());
            asked(&headers).map(|it| it.as_nanos())
        };
        let cases = [
            ("2H", Some(7_200_000_000_000)),
            ("2M", Some(120_000_000_000)),
            ("2S", Some(2_000_000_000)),
            ("2m", Some(2_000_000)),
            ("2u", Some(2_000)),
            ("2n", Some(2)),
            ("2", None),
            ("2x", None),
            ("", None),
            ("xS", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
