//! What could not be applied, and waits.

use clap::{Args, Subcommand};
use erpsync_client::{Connection, proto};

use super::end::End;
use super::output::{Output, Rows, numbers, time, word, words};
use super::reach::Reach;

const EXAMPLES: &str = "\
Examples:
  erpsync parked list
  erpsync parked list --kind task --reason TASK_REFUSED
  erpsync parked retry 251495653039932416
  erpsync parked retry --all --reason ATTEMPTS_EXHAUSTED";

/// So many are tried again in one call.
const RETRIED_MAX: usize = 100;

/// What to do about what is parked.
#[derive(Args)]
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
    /// List what is parked, oldest first
    List {
        #[command(flatten)]
        which: Which,
        /// Also what was applied or given up since
        #[arg(long)]
        with_applied: bool,
    },
    /// Try it again
    Retry {
        /// As `list` has printed them
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        ids: Vec<String>,
        /// All that is parked, or all of those that are named
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        which: Which,
    },
}

/// Which of what is parked.
#[derive(Args)]
struct Which {
    /// Only of this kind: task, shipment, invoice, payment, reception, credit_note
    #[arg(long)]
    kind: Option<String>,
    /// Only what this system said
    #[arg(long)]
    system: Option<String>,
    /// Only for this reason, such as WAITS_FOR_DOCUMENT
    #[arg(long)]
    reason: Option<String>,
    /// Only of this order, by erpsync's id
    #[arg(long)]
    order: Option<String>,
}

impl Which {
    fn request(self, with_applied: bool) -> proto::ListParkedRequest {
        let Which { kind, system, reason, order } = self;
        proto::ListParkedRequest {
            kind: kind.unwrap_or_default(),
            system: system.unwrap_or_default(),
            reason: reason.unwrap_or_default(),
            order_id: order.unwrap_or_default(),
            with_applied,
            page_size: 1_000,
            ..Default::default()
        }
    }

    fn is_named(&self) -> bool {
        let Which { kind, system, reason, order } = self;
        [kind, system, reason, order].iter().any(|it| it.is_some())
    }
}

/// Does it, through the API.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { what, output, reach } = arguments;
    match what {
        What::List { which, with_applied } => {
            list(&reach.connect().await?, which.request(with_applied), output).await
        }
        What::Retry { ids, all, which } => {
            if !all && which.is_named() {
                return Err(End::Usage(
                    "--kind, --system, --reason and --order go with --all".into(),
                ));
            }
            let connection = reach.connect().await?;
            let ids = match all {
                true => {
                    let parked = connection.list(which.request(false)).all().await?;
                    parked.into_iter().map(|it| it.parked_id).collect()
                }
                false => ids,
            };
            retry(&connection, &ids, output).await
        }
    }
}

async fn list(
    connection: &Connection,
    request: proto::ListParkedRequest,
    output: Output,
) -> Result<(), End> {
    let columns = [
        words("PARKED"),
        words("KIND"),
        words("SYSTEM"),
        words("NUMBER"),
        words("SINCE"),
        numbers("ATTEMPTS"),
        words("STATE"),
        words("WHY"),
    ];
    let mut rows = Rows::new(output.format, "Parked", columns);
    let mut parked = connection.list(request);
    while let Some(parked) = parked.next().await {
        let parked = parked?;
        let state = match (&parked.apply_time, &parked.discard_time) {
            (Some(_), _) => "applied",
            (None, Some(_)) => "given up",
            (None, None) => "parked",
        };
        let problem = parked.problem.clone().unwrap_or_default();
        let cells = [
            parked.parked_id.clone(),
            parked.kind.clone(),
            parked.system.clone(),
            parked.external_id.clone(),
            time(parked.park_time),
            parked.attempts.to_string(),
            state.to_owned(),
            format!("{} ({})", problem.message, problem.reason),
        ];
        rows.add(&parked, cells)?;
    }
    rows.end()
}

async fn retry(connection: &Connection, ids: &[String], output: Output) -> Result<(), End> {
    let columns = [words("PARKED"), words("OUTCOME"), words("WHY")];
    let mut rows = Rows::new(output.format, "RetryResult", columns);
    let mut waiting = 0;
    for parked_ids in ids.chunks(RETRIED_MAX) {
        let request = proto::RetryParkedRequest { parked_ids: parked_ids.to_vec() };
        let answer = connection.parking().retry_parked(request).await?.into_inner();
        for result in &answer.results {
            let why = result.problem.clone().map(|it| format!("{} ({})", it.message, it.reason));
            waiting += u64::from(result.problem.is_some());
            let outcome = word(result.outcome().as_str_name(), "OUTCOME_");
            let cells = [result.parked_id.clone(), outcome, why.unwrap_or_default()];
            rows.add(result, cells)?;
        }
        rows.flush()?;
    }
    rows.end()?;
    End::of_items("were not applied", ids.len() as u64, waiting)
}
