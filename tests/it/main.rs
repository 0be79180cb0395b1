//! One binary, through the public client, against a real Postgres.

mod access;
mod admin;
mod batches;
mod changes;
mod failures;
mod inbox;
mod invoices;
mod kit;
mod lanes;
mod orders;
mod server;
mod shipments;
mod stock;
