//! The ERP takes orders over under its own numbers, ships them and invoices them.

use erpsync_client::{Connection, proto};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::var("ERPSYNC_ADDRESS")?;
    let erp = Connection::open(&address, &std::env::var("ERPSYNC_ERP_TOKEN")?).await?;

    let request = proto::LeaseTasksRequest { max_tasks: 10, ..Default::default() };
    let leased = erp.inbox().lease_tasks(request).await?.into_inner().tasks;
    println!("{} tasks wait", leased.len());
    for proto::LeasedTask { task, lease, order, .. } in leased {
        let (task, order) = (task.unwrap_or_default(), order.unwrap_or_default());
        if task.kind() != proto::TaskKind::Order {
            acknowledge(&erp, lease, String::new()).await?;
            println!("noted {} {}", task.kind().as_str_name(), task.external_id);
            continue;
        }
        let number = &order.external_order_id;
        let ours = format!("SO-{number}");
        acknowledge(&erp, lease, ours.clone()).await?;
        println!("took {ours}");

        // By our own number from now on.
        let external = proto::ExternalReference { external_id: ours, ..Default::default() };
        let reference = Some(proto::order_reference::Reference::External(external));
        let ours = Some(proto::OrderReference { reference });
        let lines = order.lines.iter().zip(&order.quantities);
        let shipment = proto::CreateShipmentRequest {
            external_shipment_id: format!("DN-{number}"),
            order: ours.clone(),
            lines: lines
                .map(|(line, quantities)| proto::ShipmentLine {
                    line_id: line.line_id.clone(),
                    quantity: quantities.open.clone(),
                    ..Default::default()
                })
                .collect(),
            ..Default::default()
        };
        let shipped = erp.shipments().create_shipment(shipment).await?.into_inner();
        println!("shipped DN-{number} {}", outcome(shipped.result));

        let invoice = proto::RecordInvoiceRequest {
            external_invoice_id: format!("IN-{number}"),
            order: ours,
            invoice_date: "2026-11-23".into(),
            currency_code: order.currency_code,
            price_mode: order.price_mode,
            rounding_mode: order.rounding_mode,
            lines: order.lines.into_iter().map(invoiced).collect(),
            total: order.total,
            ..Default::default()
        };
        let recorded = erp.invoices().record_invoice(invoice).await?.into_inner();
        println!("invoiced IN-{number} {}", outcome(recorded.result));
    }
    Ok(())
}

async fn acknowledge(
    erp: &Connection,
    lease: String,
    external_number: String,
) -> Result<(), Box<dyn std::error::Error>> {
    let tasks = vec![proto::TaskAcknowledgement { lease, external_number }];
    erp.inbox().acknowledge_tasks(proto::AcknowledgeTasksRequest { tasks }).await?;
    Ok(())
}

/// A line of the order, all of it, on the invoice.
fn invoiced(line: proto::OrderLine) -> proto::InvoiceLine {
    proto::InvoiceLine {
        invoice_line_id: line.line_id.clone(),
        order_line_id: line.line_id,
        quantity: line.quantity,
        unit_price: line.unit_price,
        discount: line.discount,
        amount: line.amount,
        taxes: line.taxes,
    }
}

/// APPLIED, or PARKED where it waits for something.
fn outcome(result: Option<proto::FactResult>) -> &'static str {
    result.unwrap_or_default().outcome().as_str_name()
}
