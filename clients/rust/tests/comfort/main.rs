//! The comfort of the client, against a server that answers as it is told to.

mod calls;
mod fake;
mod lists;
mod watches;
