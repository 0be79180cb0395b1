//! Messages with their length before them, as gRPC and Connect both frame them: a byte of flags, four
//! bytes of length, the message.

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use http::HeaderMap;
use http_body_util::BodyExt as _;
use tonic::body::Body;

use super::refused;
use crate::error::Result;

/// The message is compressed.
pub const PACKED: u8 = 0b01;
/// Not a message, but how a stream of Connect ended.
pub const END: u8 = 0b10;

/// Flags and length.
pub const HEAD: usize = 5;

/// A message in its frame.
pub fn framed(flags: u8, message: &[u8]) -> Bytes {
    let mut frame = BytesMut::with_capacity(HEAD + message.len());
    frame.put_u8(flags);
    // No message that is read or made here comes near to four gigabytes.
    frame.put_u32(message.len() as u32);
    frame.put_slice(message);
    frame.freeze()
}

/// Reads frames from a body, one at a time.
pub struct Frames {
    body: Body,
    buffer: BytesMut,
    bytes_max: usize,
    trailers: HeaderMap,
}

impl Frames {
    /// Refuses frames above a size before it reads them.
    pub fn of(body: Body, bytes_max: usize) -> Frames {
        Frames { body, buffer: BytesMut::new(), bytes_max, trailers: HeaderMap::new() }
    }

    /// Flags and message of the next frame; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<(u8, Bytes)>> {
        loop {
            if let Some(head) = self.buffer.first_chunk::<HEAD>() {
                let [flags, length @ ..] = *head;
                let length = u32::from_be_bytes(length) as usize;
                if self.bytes_max < length {
                    return Err(refused::too_large(self.bytes_max));
                }
                if HEAD + length <= self.buffer.len() {
                    self.buffer.advance(HEAD);
                    return Ok(Some((flags, self.buffer.split_to(length).freeze())));
                }
            }
            match self.body.frame().await {
                None if self.buffer.is_empty() => return Ok(None),
                None => return Err(refused::malformed("the body ends within a message")),
                Some(Err(_)) => return Err(refused::malformed("the body broke off")),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.buffer.extend_from_slice(&data),
                    Err(frame) => self.trailers = frame.into_trailers().unwrap_or_default(),
                },
            }
        }
    }

    /// What stood behind the last frame.
    pub fn into_trailers(self) -> HeaderMap {
        self.trailers
    }
}

/// All of a body that has no frames.
pub async fn whole(mut body: Body, bytes_max: usize) -> Result<Bytes> {
    let mut all = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| refused::malformed("the body broke off"))?;
        let Ok(data) = frame.into_data() else { continue };
        if bytes_max < all.len() + data.len() {
            return Err(refused::too_large(bytes_max));
        }
        all.extend_from_slice(&data);
    }
    Ok(all.freeze())
}

#[cfg(test)]
mod tests {
    use http_body::Frame;
    use http_body_util::StreamBody;

    use super::*;

    /// What is read of bytes that come in pieces of a size: messages, or why not.
    async fn read(bytes: &[u8], piece: usize) -> String {
        let pieces: Vec<_> = bytes
            .chunks(piece)
            .map(|it| Ok::<_, tonic::Status>(Frame::data(Bytes::copy_from_slice(it))))
            .collect();
        let mut frames = Frames::of(Body::new(StreamBody::new(tokio_stream::iter(pieces))), 8);
        let mut told = Vec::new();
        loop {
            match frames.next().await {
                Ok(Some((flags, it))) => {
                    told.push(format!("{flags}:{}", String::from_utf8_lossy(&it)));
                }
                Ok(None) => return told.join(" "),
                Err(refusal) => {
                    told.push(refusal.reason_name().to_owned());
                    return told.join(" ");
                }
            }
        }
    }

    #[tokio::test]
    async fn frames_are_read_however_they_are_cut() {
        let two = [framed(0, b"eightchr"), framed(END, b"")].concat();
        let cases: [(&[u8], &str); 6] = [
            (b"", ""),
            (&two, "0:eightchr 2:"),
            (&two[..two.len() - 1], "0:eightchr REQUEST_MALFORMED"),
            (&two[..7], "REQUEST_MALFORMED"),
            (b"\0", "REQUEST_MALFORMED"),
            // Its length alone is enough.
            (b"\0\0\0\0\x09", "MESSAGE_TOO_LARGE"),
        ];
        for (bytes, expected) in cases {
            for piece in [1, 2, 3, 5, 100] {
                assert_eq!(read(bytes, piece).await, expected, "{bytes:?} in pieces of {piece}");
            }
        }
    }
}
