//! Compression: gzip or none.

use std::io::{Read as _, Write as _};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::refused;
use crate::error::{Reason, Refusal, Result};

/// Below it compression makes nothing smaller.
const WORTH_IT: usize = 1024;

/// What is understood, as headers write it.
pub const KNOWN: &str = "gzip, identity";

/// How something is compressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    #[default]
    None,
    /// With gzip.
    Gzip,
}

impl Packing {
    /// What a header names; nothing is none.
    pub fn parse(named: Option<&str>) -> Result<Packing> {
        match named {
            None | Some("" | "identity") => Ok(Packing::None),
            Some("gzip") => Ok(Packing::Gzip),
            Some(other) => {
                let message =
                    format!("\"{other}\" is no compression that is known here; {KNOWN} are");
                Err(Refusal::new(Reason::WireUnsuitable, message).with("instead", KNOWN))
            }
        }
    }

    /// What an answer may come in, by a list such as `br;q=1.0, gzip;q=0.8`.
    pub fn accepted(list: &str) -> Packing {
        let gzip = list.split(',').any(|it| {
            let (name, weight) = it.split_once(';').unwrap_or((it, ""));
            let refused = weight.trim().trim_start_matches("q=").trim().parse() == Ok(0.0);
            name.trim() == "gzip" && !refused
        });
        if gzip { Packing::Gzip } else { Packing::None }
    }

    /// The message, never more than so many bytes of it: what is small may unpack to gigabytes.
    pub fn unpack(self, packed: Bytes, bytes_max: usize) -> Result<Bytes> {
        if self == Packing::None {
            return Ok(packed);
        }
        let mut message = Vec::new();
        let read =
            MultiGzDecoder::new(&*packed).take(bytes_max as u64 + 1).read_to_end(&mut message);
        read.map_err(|it| refused::malformed(format!("this is not gzip: {it}")))?;
        if bytes_max < message.len() {
            return Err(refused::too_large(bytes_max));
        }
        Ok(message.into())
    }

    /// The message compressed, where that is asked for and worth it.
    pub fn pack(self, message: &Bytes) -> Option<Bytes> {
        if self == Packing::None || message.len() < WORTH_IT {
            return None;
        }
        let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
        // Writing to memory does not fail; if it ever does, the message goes as it is.
        packer.write_all(message).ok()?;
        packer.finish().ok().map(Bytes::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_up_to_the_limit() {
        let message = Bytes::from(vec![b'x'; 5_000]);
        assert_eq!(Packing::None.pack(&message), None);
        let packed = Packing::Gzip.pack(&message).unwrap();
        assert!(packed.len() < 100);
        assert_eq!(Packing::Gzip.unpack(packed.clone(), 5_000).unwrap(), message);
        let reason = |packed: Bytes, most| Packing::Gzip.unpack(packed, most).unwrap_err().reason;
        assert_eq!(reason(packed.clone(), 4_999), Reason::MessageTooLarge);
        assert_eq!(reason(packed.slice(..20), 5_000), Reason::RequestMalformed);
        assert_eq!(reason(message, 5_000), Reason::RequestMalformed);
    }

    #[test]
    fn lists_of_what_is_accepted() {
        for (list, packing) in [
            ("", Packing::None),
            ("gzip", Packing::Gzip),
            ("br;q=1.0, gzip;q=0.8", Packing::Gzip),
            ("gzip;q=0", Packing::None),
            ("gzip; q=0.0, br", Packing::None),
            ("xgzip", Packing::None),
        ] {
            assert_eq!(Packing::accepted(list), packing, "{list}");
        }
    }
}
