//! The command line: a server, and clients of the public API like any other.

mod admin;
mod completion;
mod demo;
mod descriptors;
mod end;
mod follow;
mod inbox;
mod orders;
mod output;
mod parked;
mod reach;
mod serve;
mod stock;
mod tail;
mod trust;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use end::{CODES, End, told};

/// The interpreter between ERPs and online shops.
#[derive(Parser)]
#[command(version, about, after_help = CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a server
    Serve(serve::Arguments),
    /// State, watch, import and export stock
    Stock(stock::Arguments),
    /// List, show and watch orders
    Orders(orders::Arguments),
    /// Take over what waits for the ERP
    Inbox(inbox::Arguments),
    /// List what could not be applied, and try it again
    Parked(parked::Arguments),
    /// Follow everything that changes
    Tail(tail::Arguments),
    /// Create and list tenants, environments, systems and tokens
    Admin(admin::Arguments),
    /// Write the contract for other programs: a descriptor set, for grpcurl -protoset and the like
    Descriptors(descriptors::Arguments),
    /// Play real orders against a server of its own, and check what came of it
    Demo(demo::Arguments),
    /// Print what completes these commands in a shell
    #[command(after_help = completion::EXAMPLES)]
    Completion(completion::Arguments),
}

/// Does what the command line says; the exit code tells whether it was done.
pub async fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments).await.map_err(End::from),
        Command::Stock(arguments) => stock::run(arguments).await,
        Command::Orders(arguments) => orders::run(arguments).await,
        Command::Inbox(arguments) => inbox::run(arguments).await,
        Command::Parked(arguments) => parked::run(arguments).await,
        Command::Tail(arguments) => tail::run(arguments).await,
        Command::Admin(arguments) => admin::run(arguments).await,
        Command::Descriptors(arguments) => descriptors::run(arguments).map_err(End::from),
        Command::Demo(arguments) => demo::run(arguments).await.map_err(End::from),
        Command::Completion(arguments) => completion::run(arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(end) => end.tell(),
    }
}
