//! One binary, through the public client, against a real Postgres.

mod access;
mod admin;
mod batches;
mod cancellations;
mod changes;
mod command_line;
mod credit_notes;
mod failures;
mod holds;
mod inbox;
mod invoices;
mod isolation;
mod junk;
mod kit;
mod lanes;
mod orders;
mod parking;
mod payments;
mod random;
mod refusals;
mod restore;
mod returns;
mod server;
mod shipments;
mod stock;
mod stories;
