//! A shop sells.

use erpsync_client::{proto, refusal};

use super::file::{Invoice, Kind};
use super::play::{House, Sold, SoldLine};
use crate::cli::told;
use crate::decimal::Decimal;

const PENNY: u32 = 2;

impl House {
    /// A shop has sold something.
    pub async fn submit(&mut self, invoice: &Invoice) -> Result<(), String> {
        let sold = sold(invoice)?;
        let total = sold.total()?;
        let shop = &self.shops[sold.shop()];
        let outcome = match shop.orders().submit_order(sold.order(&total)).await {
            Ok(done) => {
                let promises = done.into_inner().promises;
                let waiting = promises.iter().filter(|it| it.back_ordered != "0").count();
                self.played.happened("orders placed", 1);
                self.played.happened("order lines", promises.len());
                self.played.happened("order lines back ordered", waiting);
                self.played.happened("orders with back orders", usize::from(0 < waiting));
                self.played.money("ordered", total)?;
                self.sold.push(sold);
                self.change_at_once(self.sold.len() - 1).await?;
                "order placed".to_owned()
            }
            Err(status) => {
                let reason = refusal(&status).map(|it| it.reason);
                let reason = reason.filter(|it| it == "INSUFFICIENT_STOCK");
                let reason =
                    reason.ok_or_else(|| format!("{}: {}", invoice.number, told(status)))?;
                self.played.happened(&format!("orders refused {reason}"), 1);
                format!("order refused {reason}")
            }
        };
        self.only_count(&outcome, invoice);
        Ok(())
    }
}

/// An invoice as the order that it was.
fn sold(invoice: &Invoice) -> Result<Sold, String> {
    let number: u64 = invoice.number.parse().map_err(|_| format!("{}?", invoice.number))?;
    let (mut lines, mut charges) = (Vec::new(), Vec::new());
    for (nth, row) in invoice.rows.iter().enumerate() {
        let id = (nth + 1).to_string();
        let kind = match row.kind {
            Kind::Goods => {
                lines.push(SoldLine::new(id, row));
                continue;
            }
            Kind::Shipping => proto::ChargeKind::Shipping,
            Kind::Fee => proto::ChargeKind::Fee,
            Kind::Discount => proto::ChargeKind::Discount,
        };
        charges.push(proto::Charge {
            charge_id: id,
            kind: kind.into(),
            amount: row.quantity.times(row.price, PENNY).map_err(|it| it.message)?.to_string(),
            description: row.description.clone(),
            ..Default::default()
        });
    }
    let customer = invoice.rows.first().map(|it| it.customer.clone()).unwrap_or_default();
    let day = invoice.day.clone();
    Ok(Sold { number, customer, day, lines, charges, is_closed: false, shipments: 0 })
}

impl Sold {
    /// Which of the two shops sold it.
    pub fn shop(&self) -> usize {
        usize::from(self.number.is_multiple_of(3))
    }

    /// What was charged beside goods, less discounts.
    pub fn charged(&self) -> Result<Decimal, String> {
        let signed = |it: &proto::Charge| {
            let amount = Decimal::parse(&it.amount)?;
            let lowers = it.kind() == proto::ChargeKind::Discount;
            Ok::<_, String>(if lowers { amount.negated() } else { amount })
        };
        let all: Vec<Decimal> = self.charges.iter().map(signed).collect::<Result<_, _>>()?;
        Decimal::try_sum(all).map_err(|it| it.message)
    }

    /// What it comes to.
    pub fn total(&self) -> Result<Decimal, String> {
        let lines = self.lines.iter().map(|it| it.amount(it.ordered));
        let lines: Vec<Decimal> = lines.collect::<Result<_, _>>()?;
        Decimal::try_sum(lines.into_iter().chain([self.charged()?])).map_err(|it| it.message)
    }

    /// As orders and amendments say them.
    pub fn told_lines(&self) -> Vec<proto::OrderLine> {
        let line = |it: &SoldLine| proto::OrderLine {
            line_id: it.id.clone(),
            sku: it.code.clone(),
            description: it.description.clone(),
            quantity: it.ordered.to_string(),
            unit_price: it.price.to_string(),
            amount: it.amount(it.ordered).unwrap_or_default().to_string(),
            ..Default::default()
        };
        self.lines.iter().map(line).collect()
    }

    fn order(&self, total: &Decimal) -> proto::SubmitOrderRequest {
        proto::SubmitOrderRequest {
            external_order_id: self.number.to_string(),
            order_date: self.day.clone(),
            allow_back_order: self.number.is_multiple_of(2),
            currency_code: "GBP".into(),
            price_mode: proto::PriceMode::Gross.into(),
            rounding_mode: proto::RoundingMode::Line.into(),
            lines: self.told_lines(),
            charges: self.charges.clone(),
            total: total.to_string(),
            external_customer_id: self.customer.clone(),
            ..Default::default()
        }
    }
}

impl SoldLine {
    /// What so many units of it come to.
    pub fn amount(&self, units: Decimal) -> Result<Decimal, String> {
        units.times(self.price, PENNY).map_err(|it| it.message)
    }
}
