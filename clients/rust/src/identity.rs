//! The identity of a write, made where the caller gives none.

use tonic::Status;
use tonic::codegen::Bytes;

/// Before a message on the wire: whether it is compressed, and how many bytes it has.
const HEAD: usize = 5;
/// The key of `request_id`, field 1, in a message.
const KEY: u8 = 1 << 3 | 2;

/// A framed message with a `request_id`: its own, or a fresh one before it. Should an id follow all the
/// same, it is the later one that counts, by the rules of protobuf. What the caller has compressed
/// himself is left as it is.
pub fn identified(frame: Bytes) -> Result<Bytes, Status> {
    let Some((&[compressed, ..], message)) = frame.split_at_checked(HEAD) else {
        return Ok(frame);
    };
    if compressed != 0 || message.first() == Some(&KEY) {
        return Ok(frame);
    }
    let id = fresh()?;
    let field = [&[KEY, id.len() as u8], id.as_bytes()].concat();
    let length = u32::try_from(field.len() + message.len());
    let length = length.map_err(|_| Status::out_of_range("the message is above 4 GiB"))?;
    Ok([&[0], &length.to_be_bytes()[..], &field, message].concat().into())
}

/// A UUID of version 4.
fn fresh() -> Result<String, Status> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|it| Status::internal(format!("no randomness for a request_id: {it}")))?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (nth, byte) in bytes.iter().enumerate() {
        if matches!(nth, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use prost::Message as _;

    use super::*;
    use crate::proto::{SetStockRequest, StockReading};

    fn frame(compressed: u8, message: &[u8]) -> Bytes {
        [&[compressed], &(message.len() as u32).to_be_bytes()[..], message].concat().into()
    }

    fn read(frame: &Bytes) -> SetStockRequest {
        let length = u32::from_be_bytes(frame[1..HEAD].try_into().unwrap());
        assert_eq!(length as usize, frame.len() - HEAD);
        SetStockRequest::decode(&frame[HEAD..]).unwrap()
    }

    #[test]
    fn an_id_is_made_where_none_is_given() {
        let readings = vec![StockReading { sku: "MUG".into(), ..Default::default() }];
        let mut request = SetStockRequest { request_id: String::new(), readings };
        let made = identified(frame(0, &request.encode_to_vec())).unwrap();
        let other = identified(frame(0, &request.encode_to_vec())).unwrap();
        assert_ne!(read(&made).request_id, read(&other).request_id);
        assert_eq!(read(&made).request_id.len(), 36);
        assert_eq!(read(&made).readings, request.readings);

        request.request_id = "mine".into();
        let kept = frame(0, &request.encode_to_vec());
        assert_eq!(identified(kept.clone()).unwrap(), kept);
        // Packed by the caller, cut off, nothing at all.
        for left in [frame(1, b"packed"), Bytes::from_static(b"\0\0"), Bytes::new()] {
            assert_eq!(identified(left.clone()).unwrap(), left);
        }
        assert_eq!(read(&identified(frame(0, b"")).unwrap()).readings, []);
    }

    #[test]
    fn an_id_is_a_uuid() {
        let id = fresh().unwrap();
        let at = |nth: usize| id.as_bytes()[nth];
        assert_eq!([8, 13, 18, 23].map(at), [b'-'; 4]);
        assert_eq!(at(14), b'4', "{id}");
        assert!(b"89ab".contains(&at(19)), "{id}");
    }
}
