//! Reads the command line, runs, stops when told.

use std::process::ExitCode;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // What Postgres says is seen before all who were answered have said the next: whoever reads waits for it.
        .event_interval(7)
        .enable_all()
        .build();
    match runtime {
        Ok(runtime) => runtime.block_on(erpsync::cli::run()),
        Err(cause) => {
            eprintln!("erpsync: cannot start: {cause}");
            ExitCode::FAILURE
        }
    }
}
