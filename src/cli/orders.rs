//! Orders: listed, shown line by line, followed.

use clap::Subcommand;
use erpsync_client::proto;
use erpsync_client::proto::watch_orders_response::Event;

use super::end::End;
use super::follow::{Begin, Follow};
use super::output::{Column, Format, Output, Rows, json, numbers, print, time, word, words};
use super::reach::Reach;

const EXAMPLES: &str = "\
Examples:
  erpsync orders list --shop shop-a --limit 20
  erpsync orders show 251495647910298624
  erpsync orders show 4711 --of shop-a
  erpsync orders show SO-1 --of erp --output json
  erpsync orders watch --from now";

/// What to do about orders.
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
    /// List orders, oldest first
    List {
        /// Only of this shop
        #[arg(long)]
        shop: Option<String>,
        /// At most so many
        #[arg(long, value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
        limit: Option<u64>,
    },
    /// Show one order, line by line
    Show {
        /// erpsync's id of it; with --of, the number that this system has given it
        order: String,
        /// The shop, or the ERP, whose number it is
        #[arg(long, value_name = "SYSTEM")]
        of: Option<String>,
    },
    /// Follow orders
    Watch {
        /// Only of this shop
        #[arg(long)]
        shop: Option<String>,
        #[command(flatten)]
        follow: Follow,
    },
}

/// Does it, through the API.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { what, output, reach } = arguments;
    match what {
        What::List { shop, limit } => list(shop.unwrap_or_default(), limit, output, reach).await,
        What::Show { order, of } => show(order, of, output, reach).await,
        What::Watch { shop, follow } => {
            watch(shop.unwrap_or_default(), follow, output, reach).await
        }
    }
}

const COLUMNS: [Column; 8] = [
    words("ORDER"),
    words("SHOP"),
    words("NUMBER"),
    words("PLACED"),
    words("STATUS"),
    words("HANDOVER"),
    words("ERP NUMBER"),
    numbers("TOTAL"),
];

fn cells(order: &proto::Order) -> [String; 8] {
    [
        order.order_id.clone(),
        order.shop.clone(),
        order.external_order_id.clone(),
        time(order.place_time),
        word(order.status().as_str_name(), "ORDER_STATUS_"),
        word(order.handover().as_str_name(), "ORDER_HANDOVER_"),
        order.erp_number.clone(),
        format!("{} {}", order.total, order.currency_code),
    ]
}

async fn list(shop: String, limit: Option<u64>, output: Output, reach: Reach) -> Result<(), End> {
    // No more is asked for than is shown.
    let page_size = limit.map_or(1_000, |it| it.min(1_000) as i32);
    let request = proto::ListOrdersRequest { shop, page_size, ..Default::default() };
    let mut orders = reach.connect().await?.list(request);
    let mut rows = Rows::new(output.format, "Order", COLUMNS);
    let mut left = limit.unwrap_or(u64::MAX);
    while 0 < left
        && let Some(order) = orders.next().await
    {
        let order = order?;
        rows.add(&order, cells(&order))?;
        left -= 1;
    }
    rows.end()
}

async fn watch(shop: String, follow: Follow, output: Output, reach: Reach) -> Result<(), End> {
    let start = Some(follow.start(Begin::Snapshot)?);
    let request = proto::WatchOrdersRequest { filter: Some(proto::OrderFilter { shop }), start };
    let mut rows = Rows::new(output.format, "Order", COLUMNS);
    let show = |message: proto::WatchOrdersResponse| {
        let orders = match message.event {
            Some(Event::SnapshotChunk(it)) => it.orders,
            Some(Event::Changes(it)) => it.orders,
            _ => Vec::new(),
        };
        for order in &orders {
            rows.add(order, cells(order))?;
        }
        rows.flush()?;
        Ok(orders.len() as u64)
    };
    follow.follow(&reach.connect().await?, request, show).await
}

async fn show(order: String, of: Option<String>, output: Output, reach: Reach) -> Result<(), End> {
    use proto::order_reference::Reference;
    let reference = match of {
        None => Reference::OrderId(order),
        Some(system) => {
            Reference::External(proto::ExternalReference { system, external_id: order })
        }
    };
    let order = Some(proto::OrderReference { reference: Some(reference) });
    let request = proto::GetOrderRequest { order, ..Default::default() };
    let answer = reach.connect().await?.orders().get_order(request).await?.into_inner();
    let order = answer.order.unwrap_or_default();
    if output.format == Format::Json {
        return print(&(json("Order", &order)? + "\n"));
    }
    let mut head = Rows::new(Format::Table, "Order", COLUMNS);
    head.add(&order, cells(&order))?;
    head.end()?;
    print("\n")?;
    lines(&order)?;
    documents(&order)
}

fn lines(order: &proto::Order) -> Result<(), End> {
    let columns = [
        words("LINE"),
        words("SKU"),
        numbers("ORDERED"),
        numbers("CANCELLED"),
        numbers("RESERVED"),
        numbers("BACK ORDERED"),
        numbers("SHIPPED"),
        numbers("INVOICED"),
        numbers("RECEIVED"),
        numbers("CREDITED"),
        numbers("AMOUNT"),
    ];
    let mut rows = Rows::new(Format::Table, "OrderLine", columns);
    for (line, units) in order.lines.iter().zip(&order.quantities) {
        let cells = [
            line.line_id.clone(),
            line.sku.clone(),
            units.ordered.clone(),
            units.cancelled.clone(),
            units.reserved.clone(),
            units.back_ordered.clone(),
            units.shipped.clone(),
            units.invoiced.clone(),
            units.received.clone(),
            units.credited_quantity.clone(),
            units.current_amount.clone(),
        ];
        rows.add(line, cells)?;
    }
    rows.end()
}

/// What followed, if anything did.
fn documents(order: &proto::Order) -> Result<(), End> {
    let columns = [words("DOCUMENT"), words("NUMBER"), words("DATE"), numbers("TOTAL")];
    let mut rows = Rows::new(Format::Table, "Order", columns);
    let mut add = |what: &str, number: &str, date: &str, total: String| {
        rows.add(order, [what.into(), number.into(), date.into(), total])
    };
    for it in &order.shipments {
        let what = if it.cancellation.is_some() { "cancelled shipment" } else { "shipment" };
        add(what, &it.external_shipment_id, &it.ship_date, String::new())?;
    }
    for it in &order.invoices {
        let total = format!("{} {}", it.total, it.currency_code);
        add("invoice", &it.external_invoice_id, &it.invoice_date, total)?;
    }
    let none = order.shipments.is_empty() && order.invoices.is_empty();
    if !none {
        print("\n")?;
        rows.end()?;
    }
    Ok(())
}
