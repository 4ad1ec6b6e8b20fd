//! A handle on a request's body, so that the rest can be read and dropped after the extractor is
//! done.

use alloc::sync::Arc;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ::axum::BoxError;
use ::axum::body::{Body, Bytes, HttpBody};
use ::axum::extract::Request;
use ::http::header::EXPECT;
use http_body::{Frame, SizeHint};

use crate::adapters::rejection::DRAIN_LIMIT;

#[derive(Clone)]
pub(super) struct SharedBody(Arc<Mutex<State>>);

struct State {
    body: Body,
    /// True if the client sends the body only after it is asked to.
    is_held_back: bool,
    is_drained: bool,
}

impl SharedBody {
    /// Returns a handle on the body, and the request with the body to read instead.
    ///
    /// A request has one handle, which its extensions hold, so that only the first of an extractor
    /// and the layers around it drains the body.
    pub(super) fn of(mut request: Request) -> (Self, Request) {
        if let Some(shared) = request.extensions().get::<Self>() {
            return (shared.clone(), request);
        }
        let is_held_back = request.headers().contains_key(EXPECT);
        let body = core::mem::take(request.body_mut());
        let state = State { body, is_held_back, is_drained: false };
        let shared = Self(Arc::new(Mutex::new(state)));
        *request.body_mut() = Body::new(shared.clone());
        request.extensions_mut().insert(shared.clone());
        (shared, request)
    }

    /// Reads on until the body ends or fails, or until 8 MiB are read.
    ///
    /// hyper asks a client that waits for `100 Continue` to send its body as soon as the body is
    /// read. So a body that nobody began to read stays unread.
    pub(super) async fn drain(&self) {
        let is_drained = core::mem::replace(&mut self.lock().is_drained, true);
        if is_drained || self.lock().is_held_back {
            return;
        }
        let mut read = 0;
        while read < DRAIN_LIMIT {
            match poll_fn(|context| Pin::new(&mut self.lock().body).poll_frame(context)).await {
                Some(Ok(frame)) => read += frame.data_ref().map_or(0, Bytes::len),
                Some(Err(_)) | None => break,
            }
        }
    }

    /// Ignores poison: a panic while a frame is read leaves no state half-done that we use.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpBody for SharedBody {
    type Data = Bytes;
    // axum finds its own errors only directly inside its `Error`, so this must not be one, too.
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut state = self.lock();
        state.is_held_back = false;
        let frame = Pin::new(&mut state.body).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(::axum::Error::into_inner)))
    }

    fn is_end_stream(&self) -> bool {
        self.lock().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.lock().body.size_hint()
    }
}
