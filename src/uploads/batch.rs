use serde::{Deserialize, Serialize};

use super::{Counts, Upload, UploadKey, upload};
use crate::books::{Books, Command, Identity, Moment, Name, Once, Said, Weight};
use crate::error::Result;

/// What became of a batch: how many rows ended how, and those that were not done, by their place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done<R> {
    /// Of all rows.
    pub counts: Counts,
    /// Of each row that was not done.
    pub others: Vec<(i32, R)>,
}

/// One batch of an upload: done in its turn and once, answered as often as it is said.
pub struct Batch<C> {
    upload: UploadKey,
    number: i64,
    rows: Once<C>,
}

impl<C: Said> Batch<C> {
    /// Numbers a command.
    pub fn new(upload: UploadKey, number: i64, rows: C) -> Result<Batch<C>> {
        let rows = Once::remembered(upload.batch(number), rows)?;
        Ok(Batch { upload, number, rows })
    }
}

impl<R, C> Command for Batch<C>
where
    R: Send + 'static,
    C: Said + Command<Answer = Done<R>>,
{
    type Answer = Done<R>;

    fn needs(&self, books: &mut Books) {
        books.of::<Upload>().want(&self.upload);
        self.rows.needs(books);
    }

    fn decide(&self, books: &mut Books, at: Moment) -> Result<Done<R>> {
        if books.of::<Identity>().get(&self.rows.name).is_some() {
            // What was done is answered as it was, also once the upload has gone on or is finished.
            return self.rows.decide(books, at);
        }
        let upload = upload(books, &self.upload, at);
        upload.must_expect(self.number)?;
        let done = self.rows.decide(books, at)?;
        let revision = if books.has_changes() { at.revision } else { at.revision - 1 };
        books.of().put(Upload {
            last_batch_number: self.number,
            counts: upload.counts.and(done.counts),
            revision,
            at: at.now,
            ..upload
        });
        Ok(done)
    }

    fn weight(&self) -> Weight {
        self.rows.weight()
    }

    /// Whoever uploads is not to hold up those who call.
    fn is_heavy(&self) -> bool {
        true
    }

    fn name(&self) -> Option<&Name> {
        self.rows.name()
    }
}
