//! Everything that changes, as it changes.

use erpsync_client::proto;
use erpsync_client::proto::change_entry::State;
use erpsync_client::proto::watch_changes_response::Event;

use super::end::End;
use super::follow::{Begin, Follow};
use super::output::{Output, Rows, numbers, word, words};
use super::reach::Reach;

const EXAMPLES: &str = "\
Needs a token of a tool or of an ERP.

Examples:
  erpsync tail
  erpsync tail --kind order --kind task
  erpsync tail --from snapshot --output json --token-file everything.token >> everything.jsonl";

/// What to follow.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    /// Only this kind: stock_level, order, task, parked, shipment, invoice, return, credit_note, payment,
    /// incident …; may be repeated
    #[arg(long)]
    kind: Vec<String>,
    #[command(flatten)]
    follow: Follow,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    reach: Reach,
}

/// Shows entries as they change.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { kind, follow, output, reach } = arguments;
    let filter = Some(proto::ChangeFilter { kinds: kind });
    let start = Some(follow.start(Begin::Now)?);
    let request = proto::WatchChangesRequest { filter, start };
    let columns = [numbers("REVISION"), words("KIND"), words("KEY"), words("WHAT")];
    let mut rows = Rows::new(output.format, "ChangeEntry", columns);
    let show = |message: proto::WatchChangesResponse| {
        let entries = match message.event {
            Some(Event::SnapshotChunk(it)) => it.entries,
            Some(Event::Changes(it)) => it.entries,
            _ => Vec::new(),
        };
        for entry in &entries {
            let cells = [
                entry.revision.to_string(),
                entry.kind.clone(),
                entry.key.replace('\u{1f}', " / "),
                what(entry),
            ];
            rows.add(entry, cells)?;
        }
        rows.flush()?;
        Ok(entries.len() as u64)
    };
    follow.follow(&reach.connect().await?, request, show).await
}

/// In a few words; of kinds that say nothing more than their key, nothing.
fn what(entry: &proto::ChangeEntry) -> String {
    let Some(state) = entry.state.as_ref().filter(|_| !entry.removed) else {
        return if entry.removed { "removed".into() } else { String::new() };
    };
    match state {
        State::StockLevel(it) => {
            format!("on hand {}, reserved {}, sellable {}", it.on_hand, it.reserved, it.sellable)
        }
        State::Order(it) => {
            let status = word(it.status().as_str_name(), "ORDER_STATUS_");
            format!(
                "{} {}: {status}, {} {}",
                it.shop, it.external_order_id, it.total, it.currency_code
            )
        }
        State::Task(it) => {
            let kind = word(it.kind().as_str_name(), "TASK_KIND_");
            format!("{kind} {}: {}", it.external_id, word(it.state().as_str_name(), "TASK_STATE_"))
        }
        State::Parked(it) => {
            let reason = it.problem.as_ref().map(|it| it.reason.as_str()).unwrap_or_default();
            let state = match (&it.apply_time, &it.discard_time) {
                (Some(_), _) => "applied",
                (None, Some(_)) => "given up",
                (None, None) => reason,
            };
            format!("{} {} of {}: {state}", it.kind, it.external_id, it.system)
        }
        State::Shipment(it) => format!("{} of order {}", it.external_shipment_id, it.order_id),
        State::Invoice(it) => {
            format!("{}: {} {}", it.external_invoice_id, it.total, it.currency_code)
        }
        State::Return(it) => {
            let status = word(it.status().as_str_name(), "RETURN_STATUS_");
            format!("{}: {status}", it.external_return_id)
        }
        State::CreditNote(it) => {
            format!("{}: {} {}", it.external_credit_note_id, it.total, it.currency_code)
        }
        State::Incident(it) => it.message.clone(),
        _ => String::new(),
    }
}
