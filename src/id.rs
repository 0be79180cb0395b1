//! Names for things, so that a sku can never be passed where a shop is meant.
//!
//! Text ids are the merchant's own words; number ids are ours, made before the queue.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// One closed world of a tenant. 0 is the operators' own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Environment(pub i32);

impl Environment {
    /// Where tenants, environments, systems and tokens are kept.
    pub const OPERATORS: Environment = Environment(0);
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $allowed:path) => {
        $(#[$doc])*
        // One name is the key of several books at once: short ones are copied with what they are part of, others shared.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(SmolStr);

        impl $name {
            /// The most bytes that one may have.
            pub const BYTES_MAX: usize = $bytes;

            /// The id, in Unicode's normal form C, or what is wrong with the text.
            pub fn parse(text: &str) -> Result<Self, String> {
                parse_text(text, Self::BYTES_MAX, $allowed).map(Self)
            }

            /// What the database holds was parsed when it came in.
            pub fn stored(text: &str) -> Self {
                Self(text.into())
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    };
}

text_id!(
    /// An article, as the merchant writes it. 1 to 255 bytes.
    Sku, 255, printable
);
text_id!(
    /// A warehouse or store, as the merchant writes it. 1 to 64 bytes.
    Location, 64, printable
);
text_id!(
    /// A caller inside an environment: `erp`, `shop-a`. 1 to 64 bytes.
    SystemName, 64, printable
);
text_id!(
    /// What another system calls something: an order number, a document number, a line id.
    /// 1 to 255 bytes.
    ExternalId, 255, printable
);
text_id!(
    /// The name of one write, chosen by the caller. 1 to 64 visible ASCII characters.
    RequestId, 64, visible
);

impl Location {
    /// Where stock lies if nobody says otherwise.
    pub fn main() -> Location {
        Location("main".into())
    }

    /// An empty text is the main location.
    pub fn parse_or_main(text: &str) -> Result<Location, String> {
        if text.is_empty() { Ok(Location::main()) } else { Location::parse(text) }
    }
}

fn printable(it: char) -> bool {
    !it.is_control()
}

fn visible(it: char) -> bool {
    it.is_ascii_graphic()
}

fn parse_text(text: &str, bytes_max: usize, allowed: fn(char) -> bool) -> Result<SmolStr, String> {
    if text.is_empty() {
        return Err("must not be empty".into());
    }
    // Measured before it is normalised, so that a huge text costs nothing.
    let too_long = || Err(format!("must have at most {bytes_max} bytes"));
    if 4 * bytes_max < text.len() {
        return too_long();
    }
    let text: SmolStr =
        if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
    if bytes_max < text.len() {
        return too_long();
    }
    match text.chars().find(|it| !allowed(*it)) {
        Some(stray) => Err(format!("must not contain {stray:?}")),
        None if text.trim().len() != text.len() => {
            Err("must not begin or end with white space".into())
        }
        None => Ok(text),
    }
}

macro_rules! number_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        ///
        /// On the wire a string of digits, which callers must not interpret.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The id, or what is wrong with the text.
            pub fn parse(text: &str) -> Result<Self, String> {
                parse_number(text).map(Self)
            }
        }

        impl From<i64> for $name {
            fn from(id: i64) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

number_id!(
    /// A tenant.
    TenantId,
    /// An access token.
    TokenId,
    /// An order.
    OrderId,
    /// A task in an inbox.
    TaskId,
    /// Something parked.
    ParkedId,
    /// A shipment.
    ShipmentId,
    /// An invoice.
    InvoiceId,
    /// A return.
    ReturnId,
    /// What arrived of a return at one time.
    ReceptionId,
    /// One thing that happened to a payment.
    PaymentId,
    /// A wish for another state of an order.
    AmendmentId,
    /// A wish to take units off an order.
    CancellationId,
    /// A credit note.
    CreditNoteId,
    /// Units held for a cart.
    ReservationId,
);

fn parse_number(text: &str) -> Result<i64, String> {
    let digits = !text.is_empty() && text.len() <= 19 && text.bytes().all(|it| it.is_ascii_digit());
    let number = if digits && !text.starts_with('0') { text.parse().ok() } else { None };
    number.ok_or_else(|| "must be an id that erpsync gave, a string of digits".into())
}

/// Makes number ids: milliseconds, then the server process, then a count.
///
/// They rise with time, so that new rows stand together; they never repeat, because each process
/// takes a number of its own from the database when it starts.
#[derive(Clone, Debug)]
pub struct Ids {
    process: i64,
    /// Milliseconds shifted left by the bits of the count, and the count.
    last: Arc<AtomicI64>,
}

impl Ids {
    const COUNT_BITS: u32 = 10;
    const PROCESS_BITS: u32 = 12;
    /// 2025-01-01: 41 bits of milliseconds last until 2094.
    const BEGIN: Duration = Duration::from_secs(1_735_689_600);

    /// Ids of this process; of its number the low 12 bits count.
    pub fn new(process_number: i64) -> Ids {
        let process = process_number & ((1 << Self::PROCESS_BITS) - 1);
        Ids { process, last: Arc::default() }
    }

    /// One that nobody else has.
    pub fn next_number(&self) -> i64 {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let now = since.saturating_sub(Self::BEGIN).as_millis() as i64;
        let floor = now << Self::COUNT_BITS;
        // More than 1,024 in a millisecond borrow from the next; a clock set back repeats nothing.
        let made = |last: i64| floor.max(last + 1);
        let order = Ordering::Relaxed;
        let last = self.last.fetch_update(order, order, |it| Some(made(it)));
        let made = made(last.unwrap_or_else(|it| it));
        let (millis, count) = (made >> Self::COUNT_BITS, made & ((1 << Self::COUNT_BITS) - 1));
        (millis << (Self::PROCESS_BITS + Self::COUNT_BITS))
            | (self.process << Self::COUNT_BITS)
            | count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let sku = Sku::parse(text);
        assert_eq!(sku.as_ref().map(|it| it.as_str()).map_err(|it| it.as_str()), expected);
    }

    #[test]
    fn texts_are_parsed_at_the_door() {
        check("MUG-RED", Ok("MUG-RED"));
        check("Mug Größe 1", Ok("Mug Größe 1"));
        check("A\u{308}", Ok("Ä"));
        check("", Err("must not be empty"));
        check("a\0b", Err("must not contain '\\0'"));
        check(" a", Err("must not begin or end with white space"));
        check(&"a".repeat(255), Ok(&"a".repeat(255)));
        check(&"a".repeat(256), Err("must have at most 255 bytes"));
        assert!(RequestId::parse("a b").is_err());
        assert!(RequestId::parse("0b1e-4").is_ok());
    }

    #[test]
    fn numbers_are_digits() {
        for (text, good) in [("1", true), ("", false), ("01", false), ("-1", false), ("1e3", false)]
        {
            assert_eq!(OrderId::parse(text).is_ok(), good, "{text}");
        }
        assert!(OrderId::parse("9223372036854775807").is_ok());
        assert!(OrderId::parse("9223372036854775808").is_err());
    }

    #[test]
    fn ids_rise_and_never_repeat() {
        let (one, two) = (Ids::new(1), Ids::new(2));
        let mut made: Vec<_> =
            (0..5_000).flat_map(|_| [one.next_number(), two.next_number()]).collect();
        assert!(made.chunks(2).is_sorted_by(|a, b| a[0] < b[0]));
        made.sort_unstable();
        made.dedup();
        assert_eq!(made.len(), 10_000);
    }
}
