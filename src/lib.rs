//! The interpreter between ERPs and online shops.
//!
//! The modules stand in reading order, and a module uses only those above it.

pub mod proto;
pub mod error;
pub mod id;
pub mod decimal;
pub mod money;
pub mod totals;
pub mod page;
pub mod clock;
pub mod config;
pub mod telemetry;
pub mod postgres;
pub mod books;
pub mod lanes;
pub mod wire;
pub mod incarnation;
pub mod access;
pub mod wires;
pub mod door;
pub mod changes;
pub mod due;
pub mod documents;
pub mod uploads;
pub mod parking;
pub mod incidents;
pub mod admin;
pub mod ownership;
pub mod stock;
pub mod reservations;
pub mod inbox;
pub mod orders;
pub mod shipments;
pub mod invoices;
pub mod payments;
pub mod returns;
pub mod credit_notes;
pub mod server;
pub mod cli;
