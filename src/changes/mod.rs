//! The change feed: how what was committed reaches its watchers. Knows no slice.

mod hub;

pub use hub::Hub;
