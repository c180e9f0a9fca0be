//! The connections of a sandbox, and what can go wrong with one.
//!
//! A fault below HTTP needs the socket: axum's listener hands out a [`Line`] around each accepted one, and a handler
//! gets its [`Wire`], by which it arms the next answer. The line then watches the bytes that the server writes, finds
//! where the head of the answer ends, and
//! - resets: refuses the first byte of the answer, with a lingering time of zero, so that closing sends a TCP RST;
//! - cuts: lets through so many bytes of the body and refuses the next, so that the server closes (FIN) although
//!   `Content-Length` promised more;
//! - slows: waits before each chunk of the body.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Sleep, sleep};

/// Small enough that the shortest answers take several.
const CHUNK: usize = 64;

const HEAD_END: &[u8] = b"\r\n\r\n";

/// What goes wrong with the next answer of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Reset,
    /// Bytes of the body that still leave; less than it has.
    Cut {
        after: u64,
    },
    /// The body has `length` bytes, at least one.
    Slow {
        pause: Duration,
        length: u64,
    },
}

/// A handle on one connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wire {
    effect: Arc<Mutex<Option<Effect>>>,
}

impl Wire {
    pub(crate) fn arm(&self, effect: Effect) {
        self.put(Some(effect));
    }

    fn effect(&self) -> Option<Effect> {
        *self.effect.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn put(&self, effect: Option<Effect>) {
        *self.effect.lock().unwrap_or_else(PoisonError::into_inner) = effect;
    }
}

impl Connected<IncomingStream<'_, Lines>> for Wire {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().wire.clone()
    }
}

/// A listener whose connections can be made to fail.
#[derive(Debug)]
pub(crate) struct Lines(pub(crate) TcpListener);

impl Listener for Lines {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.0).await;
        // Chunks leave when they are written. Without it they leave as well, only later.
        let _ = stream.set_nodelay(true);
        let line = Line {
            stream,
            wire: Wire::default(),
            progress: Progress::default(),
        };
        (line, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Line {
    stream: TcpStream,
    wire: Wire,
    progress: Progress,
}

/// How far an answer that something goes wrong with has left.
#[derive(Debug, Default)]
struct Progress {
    /// How much of the head's end the bytes written so far end with; all of it within the body.
    head_end: usize,
    body: u64,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Progress {
    fn in_body(&self) -> bool {
        self.head_end == HEAD_END.len()
    }

    /// How many bytes belong to the head, and what of its end they end with.
    fn head(&self, bytes: &[u8]) -> (usize, usize) {
        let mut matched = self.head_end;
        for (count, byte) in bytes.iter().enumerate() {
            matched = match HEAD_END.get(matched) {
                Some(next) if next == byte => matched + 1,
                _ => usize::from(HEAD_END.first() == Some(byte)),
            };
            if matched == HEAD_END.len() {
                return (count + 1, matched);
            }
        }
        (bytes.len(), matched)
    }
}

impl Line {
    fn poll_raw(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_head(&mut self, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let (length, _) = self.progress.head(bytes);
        let head = bytes.get(..length).unwrap_or(bytes);
        let written = ready!(self.poll_raw(context, head))?;
        let (_, head_end) = self.progress.head(head.get(..written).unwrap_or(head));
        self.progress.head_end = head_end;
        Poll::Ready(Ok(written))
    }

    fn poll_body(
        &mut self,
        context: &mut Context<'_>,
        bytes: &[u8],
        most: u64,
    ) -> Poll<io::Result<usize>> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let some = bytes.get(..most).unwrap_or(bytes);
        let written = ready!(self.poll_raw(context, some))?;
        let count = u64::try_from(written).unwrap_or(u64::MAX);
        self.progress.body = self.progress.body.saturating_add(count);
        Poll::Ready(Ok(written))
    }

    fn poll_slowly(
        &mut self,
        context: &mut Context<'_>,
        bytes: &[u8],
        pause: Duration,
        length: u64,
    ) -> Poll<io::Result<usize>> {
        let waiting = self
            .progress
            .pause
            .get_or_insert_with(|| Box::pin(sleep(pause)));
        ready!(waiting.as_mut().poll(context));
        let chunk = bytes.get(..CHUNK).unwrap_or(bytes);
        let written = ready!(self.poll_body(context, chunk, length))?;
        self.progress.pause = None;
        if self.progress.body >= length {
            self.wire.put(None);
            self.progress = Progress::default();
        }
        Poll::Ready(Ok(written))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let line = self.get_mut();
        match line.wire.effect() {
            None => line.poll_raw(context, bytes),
            Some(Effect::Reset) => {
                line.stream.set_zero_linger()?;
                Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()))
            }
            Some(_) if !line.progress.in_body() => line.poll_head(context, bytes),
            Some(Effect::Cut { after }) => match after.saturating_sub(line.progress.body) {
                0 => Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
                left => line.poll_body(context, bytes, left),
            },
            Some(Effect::Slow { pause, length }) => line.poll_slowly(context, bytes, pause, length),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

impl AsyncRead for Line {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(context, buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_ends_at_its_empty_line_however_it_is_split() {
        for (before, bytes, head) in [
            (0, "HTTP/1.1 200 OK\r\na: b\r\n\r\n{}", (25, 4)),
            (0, "HTTP/1.1 200 OK\r\na: b\r", (22, 1)),
            (3, "\n{}", (1, 4)),
            (2, "a: b\r\n", (6, 2)),
            (1, "\r\n\r\n", (4, 4)),
        ] {
            let progress = Progress {
                head_end: before,
                ..Progress::default()
            };
            assert_eq!(progress.head(bytes.as_bytes()), head, "{before} {bytes:?}");
        }
    }
}
