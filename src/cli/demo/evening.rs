//! The ERP takes orders over, ships what is reserved, and invoices what is complete.

use std::collections::HashMap;

use erpsync_client::{Connection, proto};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::play::{AT_ONCE, House, Sold, must_be_applied};
use crate::cli::told;
use crate::decimal::Decimal;

/// Tasks in one call.
const TASKS: i32 = 100;

/// What an evening did to one order.
struct Handled {
    /// Its place among all that were sold.
    place: usize,
    /// Units that left, by line.
    shipped: Vec<(usize, Decimal)>,
    /// Units that will never leave, by line.
    cancelled: Vec<(usize, Decimal)>,
    /// What was invoiced, once it is complete.
    invoiced: Option<Decimal>,
    is_closed: bool,
}

impl House {
    /// All of an evening.
    pub async fn evening(&mut self, day: &str, is_last: bool) -> Result<(), String> {
        self.take_over().await?;
        self.change_later(day).await?;
        let mut changed = self.changed_orders().await?;
        let open = self.sold.iter().enumerate().filter(|(_, it)| !it.is_closed);
        // On the last evening what has only waited is cancelled, too.
        let due = open.filter_map(|(place, sold)| match changed.remove(&sold.number.to_string()) {
            None if !is_last => None,
            order => Some((place, sold, order)),
        });
        let handled: Vec<Handled> = stream::iter(due)
            .map(|(place, sold, order)| handle(&self.erp, place, sold, order, day, is_last))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        for it in handled {
            self.note(it)?;
        }
        Ok(())
    }

    /// Takes over what waits for the ERP, under numbers of the ERP's own.
    pub async fn take_over(&mut self) -> Result<(), String> {
        loop {
            let request = proto::LeaseTasksRequest { max_tasks: TASKS, ..Default::default() };
            let leased = self.erp.inbox().lease_tasks(request).await.map_err(told)?.into_inner();
            if leased.tasks.is_empty() {
                return Ok(());
            }
            let mut tasks = Vec::new();
            for proto::LeasedTask { lease, task, .. } in leased.tasks {
                let task = task.ok_or("a lease of no task")?;
                let (what, external_number) = match task.kind() {
                    // Its answer takes it over.
                    proto::TaskKind::Amendment => {
                        self.played.happened("amendments taken over", 1);
                        continue;
                    }
                    proto::TaskKind::Order => ("orders taken over", erp_number(&task.external_id)),
                    proto::TaskKind::Return => {
                        ("returns taken over", format!("RMA-{}", task.external_id))
                    }
                    other => return Err(format!("nobody asked for {other:?}")),
                };
                self.played.happened(what, 1);
                tasks.push(proto::TaskAcknowledgement { lease, external_number });
            }
            if tasks.is_empty() {
                continue;
            }
            let request = proto::AcknowledgeTasksRequest { tasks };
            let done = self.erp.inbox().acknowledge_tasks(request).await.map_err(told)?;
            for result in done.into_inner().results {
                if result.outcome() != proto::Outcome::Applied {
                    return Err(format!("a task was not taken over: {result:?}"));
                }
            }
        }
    }

    /// Orders that have changed since it asked last, by the shop's number.
    async fn changed_orders(&mut self) -> Result<HashMap<String, proto::Order>, String> {
        let mut changed = HashMap::new();
        loop {
            let request = proto::ReadChangesRequest {
                filter: Some(proto::ChangeFilter { kinds: vec!["order".into()] }),
                resume_token: std::mem::take(&mut self.orders_read),
                ..Default::default()
            };
            let read = self.erp.changes().read_changes(request).await.map_err(told)?.into_inner();
            self.orders_read = read.resume_token;
            for entry in read.entries {
                if let Some(proto::change_entry::State::Order(it)) = entry.state {
                    changed.insert(it.external_order_id.clone(), it);
                }
            }
            if !read.more {
                return Ok(changed);
            }
        }
    }

    fn note(&mut self, handled: Handled) -> Result<(), String> {
        let Handled { place, shipped, cancelled, invoiced, is_closed } = handled;
        if !shipped.is_empty() {
            self.played.happened("shipments", 1);
            self.sold[place].shipments += 1;
        }
        self.played.happened("orders cancelled in part", usize::from(!cancelled.is_empty()));
        for (line, units) in shipped {
            let sold = &mut self.sold[place].lines[line];
            sold.shipped = sold.shipped.try_add(units).map_err(|it| it.message)?;
            let code = sold.code.clone();
            self.physically(&code, units.negated())?;
        }
        for (line, units) in cancelled {
            let sold = &mut self.sold[place].lines[line];
            sold.cancelled = sold.cancelled.try_add(units).map_err(|it| it.message)?;
        }
        if let Some(total) = invoiced {
            self.played.happened("invoices", 1);
            self.played.money("invoiced", total)?;
        }
        self.sold[place].is_closed = is_closed;
        Ok(())
    }
}

/// What the ERP calls an order.
pub fn erp_number(order: &str) -> String {
    format!("SO-{order}")
}

/// An order, as the ERP names it.
fn named(sold: &Sold) -> Option<proto::OrderReference> {
    let external_id = erp_number(&sold.number.to_string());
    let external = proto::ExternalReference { system: String::new(), external_id };
    let reference = Some(proto::order_reference::Reference::External(external));
    Some(proto::OrderReference { reference })
}

async fn handle(
    erp: &Connection,
    place: usize,
    sold: &Sold,
    order: Option<proto::Order>,
    day: &str,
    is_last: bool,
) -> Result<Handled, String> {
    let order = match order {
        Some(order) => order,
        None => {
            let request = proto::GetOrderRequest { order: named(sold), at_least_revision: 0 };
            let order = erp.orders().get_order(request).await.map_err(told)?.into_inner().order;
            order.ok_or("no order")?
        }
    };
    let units: HashMap<&str, &proto::OrderLineQuantities> =
        order.lines.iter().map(|it| &*it.line_id).zip(&order.quantities).collect();
    let pick = |it: fn(&proto::OrderLineQuantities) -> &str| {
        let all = sold.lines.iter().enumerate().map(|(nth, line)| {
            let there = units.get(&*line.id).ok_or("a line went missing")?;
            Ok::<_, String>((nth, Decimal::parse(it(there))?))
        });
        all.collect::<Result<Vec<_>, _>>()
    };
    let halves = sold.number.is_multiple_of(5) && sold.day == day && !is_last;
    let mut shipped = pick(|it| &it.reserved)?;
    shipped.retain(|(nth, it)| it.is_positive() && (!halves || nth.is_multiple_of(2)));
    if !shipped.is_empty() {
        ship(erp, sold, &shipped).await?;
    }
    let mut cancelled = Vec::new();
    if is_last {
        cancelled = pick(|it| &it.back_ordered)?;
        cancelled.retain(|it| it.1.is_positive());
        if !cancelled.is_empty() {
            cancel(erp, sold, &cancelled).await?;
        }
    }

    let mut left = pick(|it| &it.open)?.into_iter().map(|it| it.1.millionths()).sum::<i128>();
    left -= shipped.iter().chain(&cancelled).map(|it| it.1.millionths()).sum::<i128>();
    let is_closed = left == 0;
    let mut invoiced = None;
    if is_closed {
        let mut units: Vec<Decimal> = sold.lines.iter().map(|it| it.shipped).collect();
        for (nth, now) in &shipped {
            units[*nth] = units[*nth].try_add(*now).map_err(|it| it.message)?;
        }
        if units.iter().any(|it| it.is_positive()) {
            invoiced = Some(invoice(erp, sold, &units, day).await?);
        }
    }
    Ok(Handled { place, shipped, cancelled, invoiced, is_closed })
}

async fn ship(erp: &Connection, sold: &Sold, units: &[(usize, Decimal)]) -> Result<(), String> {
    let line = |(nth, units): &(usize, Decimal)| proto::ShipmentLine {
        line_id: sold.lines[*nth].id.clone(),
        quantity: units.to_string(),
        ..Default::default()
    };
    let request = proto::CreateShipmentRequest {
        external_shipment_id: format!("DN-{}-{}", sold.number, sold.shipments + 1),
        order: named(sold),
        lines: units.iter().map(line).collect(),
        ..Default::default()
    };
    let done = erp.shipments().create_shipment(request).await.map_err(told)?;
    must_be_applied(done.into_inner().result, || format!("shipment of {}", sold.number))
}

async fn cancel(erp: &Connection, sold: &Sold, units: &[(usize, Decimal)]) -> Result<(), String> {
    let line = |(nth, units): &(usize, Decimal)| proto::OrderLineCancellation {
        line_id: sold.lines[*nth].id.clone(),
        quantity: units.to_string(),
    };
    let request = proto::CancelOrderLinesRequest {
        request_id: format!("cancel-{}", sold.number),
        order: named(sold),
        lines: units.iter().map(line).collect(),
    };
    erp.shipments().cancel_order_lines(request).await.map_err(told)?;
    Ok(())
}

/// Invoices what has left, with all charges; answers its total.
async fn invoice(
    erp: &Connection,
    sold: &Sold,
    units: &[Decimal],
    day: &str,
) -> Result<Decimal, String> {
    let (mut lines, mut total) = (Vec::new(), sold.charged()?);
    for (line, units) in sold.lines.iter().zip(units).filter(|it| it.1.is_positive()) {
        let amount = line.amount(*units)?;
        total = total.try_add(amount).map_err(|it| it.message)?;
        lines.push(proto::InvoiceLine {
            invoice_line_id: line.id.clone(),
            order_line_id: line.id.clone(),
            quantity: units.to_string(),
            unit_price: line.price.to_string(),
            amount: amount.to_string(),
            ..Default::default()
        });
    }
    let request = proto::RecordInvoiceRequest {
        external_invoice_id: invoice_number(sold.number),
        kind: proto::InvoiceKind::Standard.into(),
        order: named(sold),
        invoice_date: day.into(),
        currency_code: "GBP".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        lines,
        charges: sold.charges.clone(),
        tax_totals: Vec::new(),
        total: total.to_string(),
    };
    let done = erp.invoices().record_invoice(request).await.map_err(told)?;
    must_be_applied(done.into_inner().result, || format!("invoice of {}", sold.number))?;
    Ok(total)
}

/// What the ERP calls the invoice of an order.
pub fn invoice_number(order: u64) -> String {
    format!("IN-{order}")
}
