//! The command line: a server, and clients of the public API like any other.

mod admin;
mod demo;
mod serve;
mod trust;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The interpreter between ERPs and online shops.
#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run a server
    Serve(serve::Arguments),
    /// Create and list tenants, environments, systems and tokens
    Admin(admin::Arguments),
    /// Play real orders against a server of its own, and check what came of it
    Demo(demo::Arguments),
}

/// Does what the command line says; the exit code tells whether it was done.
pub async fn run() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve(arguments) => serve::run(arguments).await,
        Command::Admin(arguments) => admin::run(arguments).await,
        Command::Demo(arguments) => demo::run(arguments).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("erpsync: {cause}");
            ExitCode::FAILURE
        }
    }
}

/// A refusal as people read it on a terminal.
fn told(status: tonic::Status) -> String {
    match erpsync_client::refusal(&status) {
        Some(refusal) => format!("{} ({})", status.message(), refusal.reason),
        None => status.to_string(),
    }
}
