//! How fast erpsync is, beside its peers, in one command: `make bench`.
//!
//! Every row is measured in rounds that alternate with its peer's, on the same machine, with durable commits on both
//! sides; after each row what was written is counted, and a fast wrong answer fails the run.

mod etcd;
mod kit;
mod load;
mod peer;
mod report;
mod rows;

use std::process::ExitCode;
use std::time::Duration;

use kit::{Bench, Size};

const HELP: &str = "\
Measures erpsync against its peers.

  --row NAME     only this row; may be repeated
  --quick        every row for a moment: whether it works, not how fast
  --rounds N     rounds of each side (3)
  --seconds N    seconds of a round (5)
  --list         the names of the rows
";

#[tokio::main]
async fn main() -> ExitCode {
    let mut size = Size { quick: false, rounds: 3, round: Duration::from_secs(5) };
    let mut only = Vec::new();
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|it| it.parse::<u64>().ok()).filter(|it| 0 < *it);
        match word.as_str() {
            "--quick" => size = Size { quick: true, rounds: 1, round: Duration::from_secs(1) },
            "--row" => only.extend(words.next()),
            "--rounds" => size.rounds = number().expect("--rounds N") as usize,
            "--seconds" => size.round = Duration::from_secs(number().expect("--seconds N")),
            "--list" => {
                rows::ALL.iter().for_each(|it| println!("{}", it.name));
                return ExitCode::SUCCESS;
            }
            // What cargo adds by itself.
            "--bench" => {}
            _ => {
                print!("{HELP}");
                return if word == "--help" { ExitCode::SUCCESS } else { ExitCode::from(2) };
            }
        }
    }
    if let Some(unknown) = only.iter().find(|it| rows::ALL.iter().all(|row| row.name != **it)) {
        eprintln!("there is no row {unknown:?}; --list names all");
        return ExitCode::from(2);
    }
    let bench = Bench::start(size).await;
    let mut done = Vec::new();
    for row in rows::ALL.iter().filter(|it| only.is_empty() || only.iter().any(|o| o == it.name)) {
        let begin = std::time::Instant::now();
        eprint!("{} …", row.name);
        done.push((row.run)(&bench).await);
        eprintln!(" {:.0} s", begin.elapsed().as_secs_f64());
    }
    drop(bench);
    println!("{}", report::as_table(&done));
    match report::write(&done) {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            eprintln!("target/bench/report.json was not written: {cause}");
            ExitCode::FAILURE
        }
    }
}
