//! A request's payload that outlives whoever reads it, so that its rest can be read and dropped.

use alloc::boxed::Box;
use alloc::rc::Rc;
use core::cell::RefCell;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};

use ::actix_web::dev::Payload;
use ::actix_web::error::PayloadError;
use ::actix_web::web::Bytes;
use futures_core::Stream;

#[derive(Clone)]
pub(super) struct SharedPayload(Rc<RefCell<Payload>>);

impl SharedPayload {
    /// A handle, and the payload to read in the place of this one.
    pub(super) fn new(payload: Payload) -> (Self, Payload) {
        let shared = Self(Rc::new(RefCell::new(payload)));
        (shared.clone(), Payload::Stream { payload: Box::pin(shared) })
    }

    /// Reads on until the payload ends or fails, or until `limit` bytes are read.
    pub(super) async fn drain(mut self, limit: usize) {
        let mut read = 0;
        while read < limit {
            match poll_fn(|context| Pin::new(&mut self).poll_next(context)).await {
                Some(Ok(bytes)) => read += bytes.len(),
                Some(Err(_)) | None => break,
            }
        }
    }
}

impl Stream for SharedPayload {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(context)
    }
}
