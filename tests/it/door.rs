//! The port: who may connect, how, and for how long.

mod bounds;
mod tls;
