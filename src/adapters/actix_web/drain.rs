//! A handle on a request's payload, so that the rest can be read and dropped after the extractor is
//! done.

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use ::actix_web::dev::{Extensions, Payload};
use ::actix_web::error::PayloadError;
use ::actix_web::web::Bytes;
use futures_core::Stream;

use crate::adapters::rejection::DRAIN_LIMIT;

#[derive(Clone)]
pub(super) struct SharedPayload(Rc<State>);

struct State {
    payload: RefCell<Payload>,
    /// The bytes that are still to come by the request's `Content-Length`, if it is known.
    missing: Cell<Option<usize>>,
    is_drained: Cell<bool>,
}

impl SharedPayload {
    /// Returns a handle on the payload, and the payload to read instead.
    ///
    /// A request has one handle, which its extensions hold, so that only the first of an extractor
    /// and the middleware around it drains the payload.
    ///
    /// A payload that is shorter than `len` fails: actix-web itself takes a body for whole if the
    /// client stops sending in the middle.
    pub(super) fn of(
        payload: Payload,
        len: Option<usize>,
        extensions: &mut Extensions,
    ) -> (Self, Payload) {
        if let Some(shared) = extensions.get::<Self>() {
            return (shared.clone(), payload);
        }
        let state = State {
            payload: RefCell::new(payload),
            missing: Cell::new(len),
            is_drained: Cell::new(false),
        };
        let shared = Self(Rc::new(state));
        extensions.insert(shared.clone());
        (shared.clone(), Payload::Stream { payload: Box::pin(shared) })
    }

    /// Reads on until the payload ends or fails, or until 8 MiB are read.
    pub(super) async fn drain(&self) {
        let mut read = if self.0.is_drained.replace(true) { DRAIN_LIMIT } else { 0 };
        let mut payload = self.clone();
        while read < DRAIN_LIMIT {
            match poll_fn(|context| Pin::new(&mut payload).poll_next(context)).await {
                Some(Ok(bytes)) => read += bytes.len(),
                Some(Err(_)) | None => break,
            }
        }
    }
}

impl Stream for SharedPayload {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let State { payload, missing, .. } = &*self.0;
        let item = ready!(Pin::new(&mut *payload.borrow_mut()).poll_next(context));
        match (&item, missing.get()) {
            (Some(Ok(bytes)), Some(len)) => missing.set(Some(len.saturating_sub(bytes.len()))),
            (None, Some(1..)) => return Poll::Ready(Some(Err(PayloadError::Incomplete(None)))),
            _ => {}
        }
        Poll::Ready(item)
    }
}
