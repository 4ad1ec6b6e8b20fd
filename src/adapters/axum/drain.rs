//! A request's body that outlives whoever reads it, so that its rest can be read and dropped.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ::axum::BoxError;
use ::axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};

#[derive(Clone)]
pub(super) struct SharedBody(Arc<Mutex<Body>>);

impl SharedBody {
    /// A handle, and the body to read in the place of this one.
    pub(super) fn new(body: Body) -> (Self, Body) {
        let shared = Self(Arc::new(Mutex::new(body)));
        (shared.clone(), Body::new(shared))
    }

    /// Reads on until the body ends or fails, or until `limit` bytes are read.
    pub(super) async fn drain(self, limit: usize) {
        let mut read = 0;
        while read < limit {
            match poll_fn(|context| Pin::new(&mut *self.lock()).poll_frame(context)).await {
                Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => break,
            }
        }
    }

    /// A panic while a frame is read leaves nothing half-done that we use.
    fn lock(&self) -> MutexGuard<'_, Body> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for SharedBody {
    type Data = Bytes;
    // axum looks for its own errors directly inside of its `Error`, so there may be only one.
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut *self.lock()).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(::axum::Error::into_inner)))
    }

    fn is_end_stream(&self) -> bool {
        self.lock().is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().size_hint()
    }
}
