//! The work that waits for the ERP, by hand.

use clap::Subcommand;
use erpsync_client::proto;

use super::end::End;
use super::output::{Output, Rows, numbers, word, words};
use super::reach::Reach;

const EXAMPLES: &str = "\
A task that is leased and not acknowledged is handed out again when its lease is over.

Examples:
  erpsync inbox lease --max 1
  erpsync inbox lease --wait 25 --output json
  erpsync inbox ack LEASE --number SO-1";

/// What to do about tasks.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reach: Reach,
}

#[derive(Subcommand)]
enum What {
    /// Take tasks, oldest first, each under a lease of its own
    Lease {
        /// At most so many
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(i32).range(1..=100))]
        max: i32,
        /// For how long
        #[arg(
            long,
            value_name = "SECONDS",
            default_value_t = 60,
            value_parser = clap::value_parser!(i64).range(10..=600)
        )]
        lease_time: i64,
        /// How long to wait if there is nothing
        #[arg(
            long,
            value_name = "SECONDS",
            default_value_t = 0,
            value_parser = clap::value_parser!(i64).range(0..=25)
        )]
        wait: i64,
    },
    /// Tell that tasks were taken over
    Ack {
        /// As `lease` has printed them
        #[arg(required = true, num_args = 1..=100)]
        leases: Vec<String>,
        /// The ERP's number of what it made of it; of one task alone
        #[arg(long)]
        number: Option<String>,
    },
}

/// Does it, through the API.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { what, output, reach } = arguments;
    match what {
        What::Lease { max, lease_time, wait } => lease(max, lease_time, wait, output, reach).await,
        What::Ack { leases, number } => acknowledge(leases, number, output, reach).await,
    }
}

async fn lease(
    max_tasks: i32,
    lease_time: i64,
    wait: i64,
    output: Output,
    reach: Reach,
) -> Result<(), End> {
    let seconds = |seconds| Some(prost_types::Duration { seconds, nanos: 0 });
    let request = proto::LeaseTasksRequest {
        max_tasks,
        lease_time: seconds(lease_time),
        wait: seconds(wait),
    };
    let leased = reach.connect().await?.inbox().lease_tasks(request).await?.into_inner();
    let columns = [
        words("KIND"),
        words("ORDER"),
        words("SYSTEM"),
        words("NUMBER"),
        numbers("ATTEMPT"),
        words("LEASE"),
    ];
    let mut rows = Rows::new(output.format, "LeasedTask", columns);
    for leased in &leased.tasks {
        let task = leased.task.clone().unwrap_or_default();
        let cells = [
            word(task.kind().as_str_name(), "TASK_KIND_"),
            task.order_id,
            task.system,
            task.external_id,
            task.attempts.to_string(),
            leased.lease.clone(),
        ];
        rows.add(leased, cells)?;
    }
    rows.end()
}

async fn acknowledge(
    leases: Vec<String>,
    number: Option<String>,
    output: Output,
    reach: Reach,
) -> Result<(), End> {
    if number.is_some() && leases.len() != 1 {
        return Err(End::Usage(format!(
            "--number is of one task, and {} leases are given",
            leases.len()
        )));
    }
    let task = |lease: &String| proto::TaskAcknowledgement {
        lease: lease.clone(),
        external_number: number.clone().unwrap_or_default(),
    };
    let request = proto::AcknowledgeTasksRequest { tasks: leases.iter().map(task).collect() };
    let answer = reach.connect().await?.inbox().acknowledge_tasks(request).await?.into_inner();
    let columns = [words("LEASE"), words("OUTCOME"), words("WHY")];
    let mut rows = Rows::new(output.format, "TaskResult", columns);
    let mut refused = 0;
    for (lease, result) in leases.iter().zip(&answer.results) {
        let why = result.problem.clone().map(|it| format!("{} ({})", it.message, it.reason));
        refused += u64::from(result.problem.is_some());
        let outcome = word(result.outcome().as_str_name(), "OUTCOME_");
        rows.add(result, [lease.clone(), outcome, why.unwrap_or_default()])?;
    }
    rows.end()?;
    End::of_items("tasks were refused", leases.len() as u64, refused)
}
