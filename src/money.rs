//! Currencies and amounts. Two currencies never meet in a sum.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::decimal::Decimal;
use crate::error::{Reason, Refusal};

/// A currency of ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

/// An amount in one currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In which currency.
    pub currency: Currency,
    /// How much of it.
    pub amount: Decimal,
}

impl Currency {
    /// Three capital letters that ISO 4217 knows as the currency of a country or union.
    pub fn parse(code: &str) -> Result<Currency, String> {
        let listed = [NO_DECIMALS, THREE_DECIMALS, TWO_DECIMALS]
            .iter()
            .any(|it| it.split_ascii_whitespace().any(|it| it == code));
        match code.as_bytes().try_into() {
            Ok(code) if listed => Ok(Currency(code)),
            _ => Err("must be a currency code of ISO 4217, like EUR".into()),
        }
    }

    /// The code: `EUR`.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals an amount of a document may have.
    pub fn decimals(self) -> u32 {
        let is_in = |list: &str| list.split_ascii_whitespace().any(|it| it == self.as_str());
        match () {
            () if is_in(NO_DECIMALS) => 0,
            () if is_in(THREE_DECIMALS) => 3,
            () => 2,
        }
    }

    /// One cent, or what the currency calls it.
    pub fn minor_unit(self) -> Decimal {
        Decimal::unit(self.decimals())
    }

    /// How much rounding to what coins there are can come to at most: half of the smallest that
    /// somebody may round to. More is something else, and has to say what.
    pub fn cash_rounding_max(self) -> Decimal {
        let is_in = |list: &str| list.split_ascii_whitespace().any(|it| it == self.as_str());
        let cents = match self.decimals() {
            _ if is_in(ROUNDED_TO_THOUSAND) => 50_000,
            0 => 5_000,
            _ if self.as_str() == "HUF" => 250,
            _ => 50,
        };
        Decimal::hundredths(cents)
    }
}

// ISO 4217, the minor units as published there. CLF and UYW, which count in four, are units of
// account, not money that a shop takes.
const NO_DECIMALS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
/// Of which the smallest note or coin in use is up to a thousand.
const ROUNDED_TO_THOUSAND: &str = "COP GNF IDR IRR KHR LAK LBP MGA MMK PYG RWF TZS UGX UZS VND YER";
const THREE_DECIMALS: &str = "BHD IQD JOD KWD LYD OMR TND";
const TWO_DECIMALS: &str = "
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD
    CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD
    GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP
    PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG";

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.amount)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Currency, D::Error> {
        Currency::parse(&String::deserialize(from)?).map_err(D::Error::custom)
    }
}

/// The refusal of a sum in two currencies.
pub fn currency_mismatch(what: &str, expected: Currency, given: Currency) -> Refusal {
    let message = format!("{what} is in {given}, and what it belongs to is in {expected}");
    Refusal::new(Reason::CurrencyMismatch, message).with("expected", expected).with("given", given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cash_rounding_is_bounded() {
        for (code, most) in
            [("CHF", "0.5"), ("HUF", "2.5"), ("JPY", "50"), ("IDR", "500"), ("KWD", "0.5")]
        {
            let most = Decimal::parse(most);
            assert_eq!(Currency::parse(code).map(Currency::cash_rounding_max), most, "{code}");
        }
    }

    #[test]
    fn decimals_by_currency() {
        for (code, decimals) in [("EUR", 2), ("GBP", 2), ("JPY", 0), ("KWD", 3), ("CHF", 2)] {
            assert_eq!(Currency::parse(code).map(Currency::decimals), Ok(decimals), "{code}");
        }
        for code in ["", "eur", "EURO", "XXX", "EU", "12A", "EUR "] {
            assert!(Currency::parse(code).is_err(), "{code}");
        }
    }
}
