//! The ERP takes orders over under its own numbers, ships what is open of them and invoices it.

use std::num::ParseIntError;

use erpsync_client::{Connection, proto};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::var("ERPSYNC_ADDRESS")?;
    let erp = Connection::open(&address, &std::env::var("ERPSYNC_ERP_TOKEN")?).await?;

    let request = proto::LeaseTasksRequest { max_tasks: 10, ..Default::default() };
    let leased = erp.inbox().lease_tasks(request).await?.into_inner().tasks;
    if leased.is_empty() {
        println!("nothing to take over");
    }
    for proto::LeasedTask { task, lease, order, .. } in leased {
        let (task, order) = (task.unwrap_or_default(), order.unwrap_or_default());
        let is_order = task.kind() == proto::TaskKind::Order;
        let external_number =
            if is_order { format!("SO-{}", order.external_order_id) } else { String::new() };
        let taken = proto::TaskAcknowledgement { lease, external_number: external_number.clone() };
        let request = proto::AcknowledgeTasksRequest { tasks: vec![taken] };
        let answer = erp.inbox().acknowledge_tasks(request).await?.into_inner();
        let result = answer.results.into_iter().next().unwrap_or_default();
        if result.outcome() == proto::Outcome::Refused {
            // The lease was over, say, and somebody else has the task.
            println!("left {}: {}", task.external_id, result.problem.unwrap_or_default().message);
        } else if is_order {
            println!("took {external_number}");
            ship_and_invoice(&erp, order, external_number).await?;
        } else {
            println!("noted {} {}", task.kind().as_str_name(), task.external_id);
        }
    }
    Ok(())
}

async fn ship_and_invoice(
    erp: &Connection,
    order: proto::Order,
    number: String,
) -> Result<(), Box<dyn std::error::Error>> {
    let (mut shipped, mut invoiced) = (Vec::new(), Vec::new());
    let mut total = millionths(&order.total)?;
    // What became of each line stands beside it.
    for (line, now) in order.lines.into_iter().zip(order.quantities) {
        // The total is that of the order, with what is charged for shipping, less what was cancelled of its lines.
        total -= millionths(&line.amount)? - millionths(&now.current_amount)?;
        if millionths(&now.open)? == 0 {
            continue;
        }
        shipped.push(proto::ShipmentLine {
            line_id: line.line_id.clone(),
            quantity: now.open.clone(),
            ..Default::default()
        });
        invoiced.push(proto::InvoiceLine {
            invoice_line_id: line.line_id.clone(),
            order_line_id: line.line_id,
            quantity: now.open,
            unit_price: line.unit_price,
            discount: now.current_discount,
            amount: now.current_amount,
            taxes: line.taxes,
        });
    }

    // By our own number from now on.
    let external = proto::ExternalReference { external_id: number, ..Default::default() };
    let reference = Some(proto::order_reference::Reference::External(external));
    let ours = Some(proto::OrderReference { reference });
    let shipment = proto::CreateShipmentRequest {
        external_shipment_id: format!("DN-{}", order.external_order_id),
        order: ours.clone(),
        lines: shipped,
        ..Default::default()
    };
    let answer = erp.shipments().create_shipment(shipment).await?.into_inner();
    tell(&format!("shipped DN-{}", order.external_order_id), answer.result);

    if !order.tax_totals.is_empty() && total != millionths(&order.total)? {
        // What they are now your ERP works out; erpsync computes no taxes.
        println!("left IN-{}: its taxes change with what was cancelled", order.external_order_id);
        return Ok(());
    }
    let invoice = proto::RecordInvoiceRequest {
        external_invoice_id: format!("IN-{}", order.external_order_id),
        order: ours,
        invoice_date: "2026-11-23".into(),
        currency_code: order.currency_code,
        price_mode: order.price_mode,
        rounding_mode: order.rounding_mode,
        lines: invoiced,
        charges: order.charges,
        tax_totals: order.tax_totals,
        total: format!("{}.{:06}", total / MILLION, total % MILLION),
        ..Default::default()
    };
    let answer = erp.invoices().record_invoice(invoice).await?.into_inner();
    tell(&format!("invoiced IN-{}", order.external_order_id), answer.result);
    Ok(())
}

const MILLION: i64 = 1_000_000;

/// Decimals have at most six places: as whole millionths they can be reckoned with, exactly.
fn millionths(text: &str) -> Result<i64, ParseIntError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<6}").parse()
}

/// APPLIED, or PARKED where it waits for somebody to look at it: the problem says why.
fn tell(what: &str, result: Option<proto::FactResult>) {
    let result = result.unwrap_or_default();
    let outcome = result.outcome().as_str_name();
    println!("{what} {outcome} {}", result.problem.unwrap_or_default().message);
}
