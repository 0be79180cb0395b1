//! Buyers change their minds: some before the ERP has seen their order, some after.

use erpsync_client::{Connection, proto, refusal};

use super::play::{House, Sold};
use crate::cli::told;
use crate::decimal::Decimal;

/// A line of an order, and how much of it is wished now.
pub struct Wish {
    /// The order's place among all that were sold.
    place: usize,
    line: usize,
    ordered: Decimal,
    /// erpsync's id of the wish.
    amendment_id: String,
}

impl House {
    /// A buyer who has just ordered wants something else: granted at once, or refused.
    pub async fn change_at_once(&mut self, place: usize) -> Result<(), String> {
        if self.sold[place].changes_unseen() {
            let wish = self.wish(place, proto::AmendmentStatus::Accepted).await?;
            if let Some(wish) = wish {
                self.played.happened("amendments granted at once", 1);
                self.note_change(&wish)?;
            }
        }
        Ok(())
    }

    /// Buyers of this day want something else after the ERP has their orders: it is asked.
    pub async fn change_later(&mut self, day: &str) -> Result<(), String> {
        let sold = self.sold.iter().enumerate().rev().take_while(|it| it.1.day == day);
        let mut places: Vec<usize> =
            sold.filter(|it| it.1.changes_later()).map(|it| it.0).collect();
        places.reverse();
        for place in places {
            let wish = self.wish(place, proto::AmendmentStatus::Requested).await?;
            self.wishes.extend(wish);
        }
        self.take_over().await?;
        for wish in std::mem::take(&mut self.wishes) {
            grant(&self.erp, &wish).await?;
            self.note_change(&wish)?;
        }
        Ok(())
    }

    /// Asks for the whole order as it is wanted now; nothing where there is too little stock.
    async fn wish(
        &mut self,
        place: usize,
        expected: proto::AmendmentStatus,
    ) -> Result<Option<Wish>, String> {
        let sold = &self.sold[place];
        let (line, ordered) = sold.change_of_mind()?;
        let request = sold.amendment(line, ordered)?;
        match self.shops[sold.shop()].orders().amend_order(request).await {
            Ok(done) => {
                let proto::AmendOrderResponse { amendment_id, status, .. } = done.into_inner();
                if status != i32::from(expected) {
                    return Err(format!("amendment of {}: {status:?}", sold.number));
                }
                Ok(Some(Wish { place, line, ordered, amendment_id }))
            }
            Err(status) => match refusal(&status).filter(|it| it.reason == "INSUFFICIENT_STOCK") {
                Some(it) => {
                    self.played.happened(&format!("amendments refused {}", it.reason), 1);
                    Ok(None)
                }
                None => Err(format!("amendment of {}: {}", sold.number, told(status))),
            },
        }
    }

    fn note_change(&mut self, wish: &Wish) -> Result<(), String> {
        let sold = &mut self.sold[wish.place];
        let before = sold.total()?;
        sold.lines[wish.line].ordered = wish.ordered;
        let more = sold.total()?.try_sub(before).map_err(|it| it.message)?;
        self.played.money("ordered", more)
    }
}

/// The ERP does as is wished.
async fn grant(erp: &Connection, wish: &Wish) -> Result<(), String> {
    let id = wish.amendment_id.clone();
    let reference = Some(proto::document_reference::Reference::DocumentId(id));
    let request = proto::AnswerAmendmentRequest {
        request_id: format!("grant-{}", wish.amendment_id),
        amendment: Some(proto::DocumentReference { reference }),
        decision: proto::AmendmentDecision::Accept.into(),
        ..Default::default()
    };
    erp.orders().answer_amendment(request).await.map_err(told)?;
    Ok(())
}

impl Sold {
    fn changes_unseen(&self) -> bool {
        matches!(self.number % 20, 7 | 8)
    }

    fn changes_later(&self) -> bool {
        matches!(self.number % 20, 13 | 14)
    }

    /// One unit more or less of the first line, or the last line not at all.
    fn change_of_mind(&self) -> Result<(usize, Decimal), String> {
        let first = self.lines[0].ordered;
        let changed = match self.number / 20 % 3 {
            1 if Decimal::ONE < first => first.try_sub(Decimal::ONE),
            2 if 1 < self.lines.len() => return Ok((self.lines.len() - 1, Decimal::ZERO)),
            _ => first.try_add(Decimal::ONE),
        };
        Ok((0, changed.map_err(|it| it.message)?))
    }

    /// The whole order with so much of this line; of nothing, the line is left out.
    fn amendment(&self, line: usize, ordered: Decimal) -> Result<proto::AmendOrderRequest, String> {
        let mut lines = self.told_lines();
        let changed = self.lines[line].amount(ordered)?;
        let less = self.lines[line].amount(self.lines[line].ordered)?;
        let total = self.total()?.try_add(changed).and_then(|it| it.try_sub(less));
        if ordered.is_zero() {
            lines.remove(line);
        } else {
            (lines[line].quantity, lines[line].amount) = (ordered.to_string(), changed.to_string());
        }
        let external_id = self.number.to_string();
        let external = proto::ExternalReference { system: String::new(), external_id };
        let reference = Some(proto::order_reference::Reference::External(external));
        Ok(proto::AmendOrderRequest {
            external_amendment_id: format!("AM-{}", self.number),
            order: Some(proto::OrderReference { reference }),
            shop_version: 1,
            state: Some(proto::OrderState {
                currency_code: "GBP".into(),
                lines,
                charges: self.charges.clone(),
                total: total.map_err(|it| it.message)?.to_string(),
                ..Default::default()
            }),
        })
    }
}
