use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection over which answers go out together that are ready together: before it writes it lets every
/// task that can go on have its turn, and whatever these answer goes along. A batch answers a hundred callers
/// at once; one by one, each would cost a call of the system, and wake the other side.
///
/// Whoever is alone waits for nobody: its turn comes again at once.
pub struct Together<L> {
    line: L,
    /// Whether others have had their turn since something was written.
    have_others_gone: bool,
}

impl<L> Together<L> {
    /// Over this.
    pub fn over(line: L) -> Together<L> {
        Together { line, have_others_gone: false }
    }

    /// Lets others go first, once.
    fn after_others(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if self.have_others_gone {
            return Poll::Ready(());
        }
        self.have_others_gone = true;
        // A task that wakes itself goes to the end of the queue.
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<L: AsyncRead + Unpin> AsyncRead for Together<L> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_read(context, buffer)
    }
}

impl<L: AsyncWrite + Unpin> AsyncWrite for Together<L> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.after_others(context));
        Pin::new(&mut self.line).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.after_others(context));
        Pin::new(&mut self.line).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.line.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.have_others_gone = false;
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn what_is_ready_with_it_goes_along() {
        let (mut caller, line) = tokio::io::duplex(64);
        let mut line = Together::over(line);
        let other = tokio::spawn(async {});
        line.write_all(b"one").await.unwrap();
        assert!(other.is_finished(), "it has had its turn");
        let other = tokio::spawn(async {});
        line.write_all(b" two").await.unwrap();
        assert!(!other.is_finished(), "what belongs together waits once");
        line.flush().await.unwrap();
        let other = tokio::spawn(async {});
        line.write_all(b" three").await.unwrap();
        assert!(other.is_finished(), "and anew for what comes after");
        drop(line);
        let mut heard = String::new();
        caller.read_to_string(&mut heard).await.unwrap();
        assert_eq!(heard, "one two three");
    }
}
