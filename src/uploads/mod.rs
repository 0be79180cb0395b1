//! Uploads: many rows in numbered batches, which go on where they were interrupted.
//!
//! A batch is one command. Its number moves in the transaction that does it, and its answer is kept, so that
//! a batch whose answer was lost is said again and answered as it was. Knows no slice.

mod batch;
mod model;
mod push;
mod store;

pub use batch::{Batch, Done};
pub use model::{Counts, Upload, UploadKey};
pub use push::{Event, Push, UNACKNOWLEDGED_MAX, Word, push};

use crate::books::{Books, Command, Moment, NameKind};
use crate::error::Result;

/// The books of this slice.
pub fn books(books: Books) -> Books {
    books.with::<Upload>()
}

/// Opens an upload: tells how far it has come. Stands behind the batches of a stream that broke, so that
/// what is still on its way is told as done.
#[derive(Clone, Debug)]
pub struct Open(pub UploadKey);

/// Ends an upload.
#[derive(Clone, Debug)]
pub struct Finish(pub UploadKey);

impl Command for Open {
    type Answer = Upload;

    fn needs(&self, books: &mut Books) {
        books.of::<Upload>().want(&self.0);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Upload> {
        Ok(upload(books, &self.0, at))
    }

    fn is_heavy(&self) -> bool {
        true
    }
}

impl Command for Finish {
    type Answer = Upload;

    fn needs(&self, books: &mut Books) {
        books.of::<Upload>().want(&self.0);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Upload> {
        let upload = Upload { finished: true, ..upload(books, &self.0, at) };
        books.of().put(upload.clone());
        Ok(upload)
    }

    fn is_heavy(&self) -> bool {
        true
    }
}

/// The upload, or the empty one that it begins with.
fn upload(books: &mut Books, key: &UploadKey, at: Moment) -> Upload {
    let there = books.of::<Upload>().get(key).cloned();
    there.unwrap_or_else(|| Upload::new(key.clone(), at))
}

/// What the answers to batches are kept as.
const BATCHES: NameKind = NameKind::UploadBatch;
