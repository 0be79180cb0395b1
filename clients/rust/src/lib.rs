//! The Rust client of erpsync.
