use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// With what HTTP/2 begins.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/// How long we wait for callers.
#[derive(Clone, Copy)]
pub struct Patience {
    /// Until it is known which HTTP one speaks.
    pub speaks: Duration,
    /// While one accepts nothing of what it is told.
    pub accepts: Duration,
}

/// As callers meet it.
pub const PATIENCE: Patience =
    Patience { speaks: Duration::from_secs(10), accepts: Duration::from_secs(30) };

/// What goes over one connection. Ends it where the caller does not say which version of HTTP it
/// speaks, and where it accepts nothing for long: nothing else would notice either.
pub struct Line<L> {
    line: L,
    patience: Patience,
    /// Until it is known which HTTP is spoken.
    opening: Option<Opening>,
    /// While nothing is accepted.
    stalled: Option<Pin<Box<Sleep>>>,
}

struct Opening {
    /// How much of the preface was heard.
    heard: usize,
    until: Pin<Box<Sleep>>,
}

impl<L> Line<L> {
    /// Over this.
    pub fn over(line: L, patience: Patience) -> Line<L> {
        let until = Box::pin(tokio::time::sleep(patience.speaks));
        Line { line, patience, opening: Some(Opening { heard: 0, until }), stalled: None }
    }

    /// Notes whether anything was accepted.
    fn accepted<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.stalled = None;
            return polled;
        }
        let accepts = self.patience.accepts;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(accepts)));
        ready!(stalled.as_mut().poll(context));
        Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing was accepted for long")))
    }
}

impl Opening {
    /// Whether it is known by now.
    fn is_over(&mut self, heard: &[u8]) -> bool {
        let rest = &PREFACE[self.heard..];
        self.heard += heard.len();
        !rest.starts_with(heard) || PREFACE.len() <= self.heard
    }
}

impl<L: AsyncRead + Unpin> AsyncRead for Line<L> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.line).poll_read(context, buffer);
        let Some(opening) = &mut self.opening else { return polled };
        match polled {
            Poll::Ready(Ok(())) => {
                if opening.is_over(&buffer.filled()[before..]) {
                    self.opening = None;
                }
                Poll::Ready(Ok(()))
            }
            Poll::Pending => {
                ready!(opening.until.as_mut().poll(context));
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, "nothing was said")))
            }
            failed => failed,
        }
    }
}

impl<L: AsyncWrite + Unpin> AsyncWrite for Line<L> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.line).poll_write(context, bytes);
        self.accepted(context, polled)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.line).poll_write_vectored(context, slices);
        self.accepted(context, polled)
    }

    fn is_write_vectored(&self) -> bool {
        self.line.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.line).poll_flush(context);
        self.accepted(context, polled)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.line).poll_shutdown(context);
        self.accepted(context, polled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    const AT_ONCE: Patience = Patience { speaks: Duration::ZERO, accepts: Duration::ZERO };

    /// What becomes of a line over which this is said, and then nothing.
    async fn heard(said: &[u8], patience: Patience) -> io::Result<Vec<u8>> {
        let (mut caller, line) = tokio::io::duplex(64);
        caller.write_all(said).await.unwrap();
        let mut line = Line::over(line, patience);
        let mut heard = vec![0; said.len()];
        line.read_exact(&mut heard).await?;
        // As far as this line knows. Whoever is patient meets the end.
        if patience.speaks == PATIENCE.speaks {
            drop(caller);
        }
        line.read_to_end(&mut heard).await?;
        Ok(heard)
    }

    #[tokio::test]
    async fn who_does_not_say_what_it_speaks_is_left() {
        for said in [&b""[..], b"P", &PREFACE[..PREFACE.len() - 1]] {
            let left = heard(said, AT_ONCE).await.unwrap_err();
            assert_eq!(left.kind(), io::ErrorKind::TimedOut);
            assert_eq!(heard(said, PATIENCE).await.unwrap(), said);
        }
        for said in [PREFACE, b"POST / HTTP/1.1\r\n", b"PRI * HTTP/2.1", b"p"] {
            let (mut caller, line) = tokio::io::duplex(64);
            let mut line = Line::over(line, AT_ONCE);
            caller.write_all(said).await.unwrap();
            line.read_exact(&mut vec![0; said.len()]).await.unwrap();
            // Whether more comes is for those to see who know how HTTP goes on.
            assert!(line.opening.is_none(), "{}", String::from_utf8_lossy(said));
        }
    }

    #[tokio::test]
    async fn who_accepts_nothing_is_left() {
        let (mut caller, line) = tokio::io::duplex(64);
        let mut line = Line::over(line, AT_ONCE);
        line.write_all(&[7; 64]).await.unwrap();
        caller.read_exact(&mut [0; 16]).await.unwrap();
        line.write_all(&[7; 16]).await.unwrap();
        let left = line.write_all(&[7]).await.unwrap_err();
        assert_eq!(left.kind(), io::ErrorKind::TimedOut);
        // Who is slow is not left.
        let (mut caller, line) = tokio::io::duplex(64);
        let mut line = Line::over(line, PATIENCE);
        let tell = tokio::spawn(async move { line.write_all(&[7; 640]).await });
        for _ in 0..40 {
            tokio::task::yield_now().await;
            caller.read_exact(&mut [0; 16]).await.unwrap();
        }
        tell.await.unwrap().unwrap();
    }
}
