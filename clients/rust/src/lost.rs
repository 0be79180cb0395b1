//! What to say of a call that the server has not answered.

use std::error::Error;

use tonic::{Status, TimeoutExpired};

/// Its status, whatever the libraries below would make of it.
pub fn lost(cause: &(dyn Error + 'static)) -> Status {
    Status::unavailable(format!("no answer: {}", described(cause)))
}

/// The status of one whose time is over.
pub fn late() -> Status {
    Status::deadline_exceeded("there was no answer in time")
}

/// Whether it is the caller's deadline that has ended it.
pub fn is_late(cause: &(dyn Error + 'static)) -> bool {
    causes(cause).any(|it| it.is::<TimeoutExpired>())
}

/// An error with its causes, in one line, without those that say nothing.
pub fn described(error: &(dyn Error + 'static)) -> String {
    let said = causes(error).map(|it| it.to_string());
    let mut said: Vec<_> = said.filter(|it| it != "transport error").collect();
    said.dedup();
    said.join(": ")
}

/// An error and what has caused it, outermost first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&it| it.source())
}
