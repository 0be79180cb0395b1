use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;

pub const HEADERS: u8 = 1;
pub const RESET: u8 = 3;
const DATA: u8 = 0;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
pub const GO_AWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const ACK: u8 = 1;

/// HTTP/2 frame by frame, for what no library would say.
pub struct Frames {
    line: TcpStream,
    next: u32,
}

/// A frame that was heard.
#[derive(Debug)]
pub struct Frame {
    pub kind: u8,
    pub stream: u32,
    pub payload: Vec<u8>,
}

impl Frame {
    /// Why a stream was reset, or a connection left.
    pub fn code(&self) -> u32 {
        let at = if self.kind == GO_AWAY { 4 } else { 0 };
        u32::from_be_bytes(self.payload[at..at + 4].try_into().unwrap())
    }
}

/// Some bytes of a frame.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_be_bytes();
    [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

/// Headers as they are, without tables and without packing.
pub fn packed(headers: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, value) in headers {
        bytes.push(0);
        for text in [name, value] {
            // Seven bits, and what is beyond in groups of seven.
            match text.len().checked_sub(127) {
                None => bytes.push(text.len() as u8),
                Some(mut rest) => {
                    bytes.push(127);
                    while 128 <= rest {
                        bytes.push(rest as u8 | 128);
                        rest >>= 7;
                    }
                    bytes.push(rest as u8);
                }
            }
            bytes.extend(text.as_bytes());
        }
    }
    bytes
}

impl Frames {
    pub async fn open(address: &str) -> Frames {
        let line = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
        line.set_nodelay(true).unwrap();
        let mut frames = Frames { line, next: 1 };
        let begin = [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &*frame(SETTINGS, 0, 0, &[])].concat();
        frames.say(&begin).await;
        frames
    }

    pub async fn say(&mut self, bytes: &[u8]) {
        self.line.write_all(bytes).await.unwrap();
    }

    /// Makes a call of gRPC with an empty message; answers its stream.
    pub async fn call(&mut self, method: &str, token: &str) -> u32 {
        let stream = self.begin(method, token).await;
        self.say(&frame(DATA, END_STREAM, stream, &[0; 5])).await;
        stream
    }

    /// Begins a call of gRPC, and says nothing yet; answers its stream.
    pub async fn begin(&mut self, method: &str, token: &str) -> u32 {
        let stream = self.next;
        self.next += 2;
        self.say(&frame(HEADERS, END_HEADERS, stream, &grpc(method, token))).await;
        stream
    }

    /// Says some of a call.
    pub async fn go_on(&mut self, stream: u32) {
        self.say(&frame(DATA, 0, stream, &[0; 256])).await;
    }

    /// Begins so many calls and resets each at once.
    pub async fn call_and_reset(&mut self, method: &str, token: &str, times: u32) {
        let headers = grpc(method, token);
        let mut bytes = Vec::new();
        for _ in 0..times {
            bytes.extend(frame(HEADERS, END_HEADERS | END_STREAM, self.next, &headers));
            bytes.extend(frame(RESET, 0, self.next, &8_u32.to_be_bytes()));
            self.next += 2;
        }
        // Nobody listens to the end, maybe.
        let _ = self.line.write_all(&bytes).await;
    }

    pub async fn reset(&mut self, stream: u32) {
        self.say(&frame(RESET, 0, stream, &8_u32.to_be_bytes())).await;
    }

    /// The next of one of these kinds; `None` at the end. Pings and settings are answered.
    pub async fn next_of(&mut self, kinds: &[u8]) -> Option<Frame> {
        loop {
            let mut head = [0; 9];
            let read = self.line.read_exact(&mut head);
            timeout(Duration::from_secs(60), read).await.expect("a frame or an end").ok()?;
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize;
            let mut payload = vec![0; length];
            self.line.read_exact(&mut payload).await.ok()?;
            let (kind, flags) = (head[3], head[4]);
            let stream = u32::from_be_bytes(head[5..].try_into().unwrap());
            if [PING, SETTINGS].contains(&kind) && flags & ACK == 0 {
                let body = if kind == PING { &payload[..] } else { &[] };
                let _ = self.line.write_all(&frame(kind, ACK, 0, body)).await;
            }
            if kinds.contains(&kind) {
                return Some(Frame { kind, stream, payload });
            }
        }
    }
}

fn grpc(method: &str, token: &str) -> Vec<u8> {
    packed(&[
        (":method", "POST"),
        (":scheme", "http"),
        (":path", &format!("/{method}")),
        (":authority", "localhost"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
        ("authorization", &format!("Bearer {token}")),
    ])
}
