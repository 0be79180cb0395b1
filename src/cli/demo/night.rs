//! What came back is received and credited; what finds no purchase is credited freely.

use std::collections::{BTreeMap, HashMap};

use erpsync_client::{Connection, proto};
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};

use super::evening::invoice_number;
use super::file::{Invoice, Kind, Row};
use super::play::{AT_ONCE, House, Sold, must_be_applied};
use crate::cli::told;
use crate::decimal::Decimal;

const PENNY: u32 = 2;

/// Goods of one credit and one order, on their way back.
struct Back<'a> {
    /// The number of the credit.
    credit: &'a str,
    /// Its place among all that were sold.
    place: usize,
    /// Units by line.
    units: BTreeMap<usize, Decimal>,
}

impl House {
    /// Works the credits of a day off.
    pub async fn night(&mut self, day: &str, credits: &[&Invoice]) -> Result<(), String> {
        let (mut backs, mut free) = (Vec::new(), Vec::new());
        for credit in credits {
            let (returned, rest) = self.find_purchases(credit)?;
            backs.extend(returned);
            if !rest.is_empty() {
                free.push((*credit, rest));
            }
        }
        let (erp, shops, sold) = (&self.erp, &self.shops, &self.sold);
        let credited: Vec<Decimal> = stream::iter(&backs)
            .map(|it| take_back(erp, &shops[sold[it.place].shop()], &sold[it.place], it, day))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        let freely: Vec<Decimal> = stream::iter(&free)
            .map(|(credit, rows)| credit_freely(erp, credit, rows, day))
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await?;
        self.played.happened("returns", backs.len());
        self.played.happened("credit notes CORRECTION", credited.len());
        self.played.happened("credit notes FREE_CREDIT", freely.len());
        for (what, amounts) in [("credited for returns", credited), ("credited freely", freely)] {
            amounts.into_iter().try_for_each(|it| self.played.money(what, it))?;
        }
        let units = backs.iter().flat_map(|it| it.units.iter().map(|line| (it.place, line)));
        let units: Vec<_> = units
            .map(|(place, (line, units))| (self.sold[place].lines[*line].code.clone(), *units))
            .collect();
        for (code, units) in units {
            let count = usize::try_from(units.millionths() / 1_000_000).unwrap_or_default();
            if is_scrapped(&code) {
                self.played.happened("units scrapped", count);
            } else {
                self.played.happened("units restocked", count);
                self.physically(&code, units)?;
            }
        }
        Ok(())
    }

    /// The returns of a credit, and the rows for which there is no purchase.
    fn find_purchases<'a>(
        &mut self,
        credit: &'a Invoice,
    ) -> Result<(Vec<Back<'a>>, Vec<&'a Row>), String> {
        let mut backs: Vec<Back<'a>> = Vec::new();
        let mut free = Vec::new();
        for row in &credit.rows {
            let units = row.quantity.negated();
            let outcome = match self.find_purchase(row, units)? {
                Some((place, line)) => {
                    let sold = &mut self.sold[place].lines[line];
                    sold.returned = sold.returned.try_add(units).map_err(|it| it.message)?;
                    let there = backs.iter().position(|it| it.place == place);
                    let there = there.unwrap_or_else(|| {
                        let (credit, units) = (&*credit.number, BTreeMap::new());
                        backs.push(Back { credit, place, units });
                        backs.len() - 1
                    });
                    let sum = backs[there].units.entry(line).or_default();
                    *sum = sum.try_add(units).map_err(|it| it.message)?;
                    "returned and credited"
                }
                None if row.price.is_zero() => "nothing to credit",
                None => {
                    free.push(row);
                    "credited freely"
                }
            };
            self.played.count_rows(outcome, 1);
        }
        Ok((backs, free))
    }

    /// The newest line of the same customer, article and price that was invoiced and has that many
    /// units left.
    fn find_purchase(
        &mut self,
        row: &Row,
        units: Decimal,
    ) -> Result<Option<(usize, usize)>, String> {
        if row.kind != Kind::Goods || row.customer.is_empty() {
            return Ok(None);
        }
        // What was sold since the last look.
        for place in self.indexed..self.sold.len() {
            let Sold { customer, lines, .. } = &self.sold[place];
            for (nth, line) in lines.iter().enumerate() {
                let key = (customer.clone(), line.code.clone(), line.price);
                self.purchases.entry(key).or_default().push((place, nth));
            }
        }
        self.indexed = self.sold.len();
        let key = (row.customer.clone(), row.code.clone(), row.price);
        let candidates = self.purchases.get(&key).map(Vec::as_slice).unwrap_or_default();
        let fits = |(place, nth): &&(usize, usize)| {
            let (sold, line) = (&self.sold[*place], &self.sold[*place].lines[*nth]);
            let left = line.shipped.try_sub(line.returned).unwrap_or_default();
            sold.is_closed && units <= left
        };
        Ok(candidates.iter().rev().find(fits).copied())
    }
}

/// Where bought lines are found: customer, article, price.
pub type Purchases = HashMap<(String, String, Decimal), Vec<(usize, usize)>>;

fn is_scrapped(code: &str) -> bool {
    crc32fast::hash(code.as_bytes()).is_multiple_of(4)
}

/// Requested by the shop, approved and received by the ERP, and credited; answers the credit.
async fn take_back(
    erp: &Connection,
    shop: &Connection,
    sold: &Sold,
    back: &Back<'_>,
    day: &str,
) -> Result<Decimal, String> {
    let number = format!("{}-{}", back.credit, sold.number);
    let external = |system: &str, external_id: String| {
        let external = proto::ExternalReference { system: system.into(), external_id };
        Some(external)
    };
    let order = external("", sold.number.to_string());
    let lines = back.units.iter().map(|(nth, units)| (&sold.lines[*nth], units.to_string()));
    let request = proto::RequestReturnRequest {
        external_return_id: format!("RT-{number}"),
        order: Some(proto::OrderReference {
            reference: order.map(proto::order_reference::Reference::External),
        }),
        lines: lines
            .clone()
            .map(|(line, quantity)| proto::ReturnLine {
                line_id: line.id.clone(),
                quantity,
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    };
    let announced = shop.returns().request_return(request).await.map_err(told)?.into_inner();
    let ours = || {
        let id = announced.return_id.clone();
        let reference = Some(proto::document_reference::Reference::DocumentId(id));
        Some(proto::DocumentReference { reference })
    };
    let request = proto::ApproveReturnRequest {
        request_id: format!("RA-{number}"),
        r#return: ours(),
        ..Default::default()
    };
    erp.returns().approve_return(request).await.map_err(told)?;

    let reception = format!("RC-{number}");
    let request = proto::ReceiveReturnRequest {
        external_reception_id: reception.clone(),
        r#return: ours(),
        lines: lines
            .clone()
            .map(|(line, quantity)| proto::ReceptionLine {
                line_id: line.id.clone(),
                quantity,
                disposition: match is_scrapped(&line.code) {
                    true => proto::Disposition::Scrap,
                    false => proto::Disposition::Restock,
                }
                .into(),
                ..Default::default()
            })
            .collect(),
    };
    let done = erp.returns().receive_return(request).await.map_err(told)?;
    must_be_applied(done.into_inner().result, || format!("reception {reception}"))?;

    let of_erp = |id: String| {
        let reference = external("", id).map(proto::document_reference::Reference::External);
        proto::DocumentReference { reference }
    };
    let cause = Some(proto::credit_cause::Cause::Reception(of_erp(reception)));
    let request = proto::IssueCreditNoteRequest {
        external_credit_note_id: format!("CN-{number}"),
        kind: proto::CreditNoteKind::Correction.into(),
        already_issued: true,
        invoice: Some(of_erp(invoice_number(sold.number))),
        cause: Some(proto::CreditCause { cause }),
        credit_date: day.into(),
        lines: lines
            .map(|(line, quantity)| proto::CreditNoteLine {
                invoice_line_id: line.id.clone(),
                quantity,
                ..Default::default()
            })
            .collect(),
        ..Default::default()
    };
    issue(erp, request).await
}

/// One note for all rows of a credit that find no purchase; answers the credit.
async fn credit_freely(
    erp: &Connection,
    credit: &Invoice,
    rows: &[&Row],
    day: &str,
) -> Result<Decimal, String> {
    let (mut lines, mut total) = (Vec::new(), Decimal::ZERO);
    for row in rows {
        let units = row.quantity.negated();
        let amount = units.times(row.price, PENNY).map_err(|it| it.message)?;
        total = total.try_add(amount).map_err(|it| it.message)?;
        lines.push(proto::CreditNoteLine {
            quantity: units.to_string(),
            amount: amount.to_string(),
            description: row.description.clone(),
            sku: row.code.clone(),
            ..Default::default()
        });
    }
    let request = proto::IssueCreditNoteRequest {
        external_credit_note_id: format!("CN-{}", credit.number),
        kind: proto::CreditNoteKind::FreeCredit.into(),
        already_issued: true,
        credit_date: day.into(),
        reason: "no purchase is known".into(),
        lines,
        currency_code: "GBP".into(),
        price_mode: proto::PriceMode::Gross.into(),
        rounding_mode: proto::RoundingMode::Line.into(),
        total: total.to_string(),
        ..Default::default()
    };
    issue(erp, request).await
}

async fn issue(
    erp: &Connection,
    request: proto::IssueCreditNoteRequest,
) -> Result<Decimal, String> {
    let number = request.external_credit_note_id.clone();
    let done = erp.credit_notes().issue_credit_note(request).await.map_err(told)?.into_inner();
    must_be_applied(done.result, || format!("credit note {number}"))?;
    Decimal::parse(&done.total)
}
