//! What tokens may do, how their secrets change, and how everything ends with them.

mod ends;
mod rate;
mod rotation;
mod scope;
