//! Who acts in the stories: shops that sell with 19 % of tax, and an ERP that has books of its own, with
//! which those of erpsync must agree in the end.

use std::collections::BTreeMap;

use erpsync_client::proto::{self, ChargeKind, PriceMode, RoundingMode, StockBasis};
use erpsync_client::{Connection, refusal};

use crate::inbox::{kinds, lease};
use crate::kit::request_id;
use crate::kit::trade::{of_system, result};

/// What pieces cost, in cents: with the tax for buyers, without it for dealers.
const PRICES: [(&str, i64, i64); 3] =
    [("mug", 995, 700), ("plate", 1_490, 1_050), ("lamp", 4_990, 3_500)];

/// As the API writes money.
pub fn money(cents: i64) -> String {
    let text = format!("{}.{:02}", cents / 100, cents.abs() % 100);
    let text = if -100 < cents && cents < 0 { format!("-{text}") } else { text };
    text.trim_end_matches('0').trim_end_matches('.').into()
}

pub fn cents(money: &str) -> i64 {
    (money.parse::<f64>().unwrap() * 100.0).round() as i64
}

fn tax(base: i64, amount: Option<i64>) -> proto::Tax {
    let amount = amount.map(money).unwrap_or_default();
    proto::Tax { category: "S".into(), rate: "19".into(), base: money(base), amount }
}

/// Where goods are sold: to buyers with the tax inside, rounded on each line; or to dealers with the tax
/// on top, rounded once.
pub struct Shop<'a> {
    pub name: &'static str,
    pub line: &'a Connection,
    for_dealers: bool,
}

/// What was sold: pieces, and freight in cents.
#[derive(Clone)]
pub struct Sale {
    pub number: &'static str,
    pub shop: &'static str,
    pub lines: Vec<(&'static str, i64)>,
    pub freight: i64,
    for_dealers: bool,
}

impl Sale {
    fn amount(&self, line: usize, pieces: i64) -> i64 {
        let (_, with, without) = PRICES.into_iter().find(|it| it.0 == self.lines[line].0).unwrap();
        pieces * if self.for_dealers { without } else { with }
    }

    /// The tax of an amount, rounded half up.
    fn tax_of(&self, amount: i64) -> i64 {
        let whole = if self.for_dealers { 100 } else { 119 };
        (2 * amount * 19 + whole) / (2 * whole)
    }

    fn tax_of_part(&self, amount: i64) -> proto::Tax {
        tax(amount, (!self.for_dealers).then(|| self.tax_of(amount)))
    }

    fn freight_charge(&self) -> Vec<proto::Charge> {
        let charge = proto::Charge {
            charge_id: "freight".into(),
            kind: ChargeKind::Shipping.into(),
            amount: money(self.freight),
            taxes: vec![self.tax_of_part(self.freight)],
            ..Default::default()
        };
        if self.freight == 0 { vec![] } else { vec![charge] }
    }

    /// What amounts come to: the taxes of the whole, and the total.
    fn sums(&self, amounts: &[i64]) -> (Vec<proto::Tax>, i64) {
        let base: i64 = amounts.iter().sum();
        match self.for_dealers {
            true => (vec![tax(base, Some(self.tax_of(base)))], base + self.tax_of(base)),
            false => {
                let inside = amounts.iter().map(|it| it.signum() * self.tax_of(it.abs())).sum();
                (vec![tax(base, Some(inside))], base)
            }
        }
    }

    fn all(&self) -> Vec<(usize, i64)> {
        self.lines.iter().map(|it| it.1).enumerate().collect()
    }

    fn amounts(&self, units: &[(usize, i64)]) -> Vec<i64> {
        units.iter().map(|it| self.amount(it.0, it.1)).collect()
    }

    fn state(&self) -> proto::OrderState {
        let units = self.all();
        let line = |(nth, pieces): &(usize, i64)| proto::OrderLine {
            line_id: nth.to_string(),
            sku: self.lines[*nth].0.into(),
            quantity: pieces.to_string(),
            unit_price: money(self.amount(*nth, 1)),
            amount: money(self.amount(*nth, *pieces)),
            taxes: vec![self.tax_of_part(self.amount(*nth, *pieces))],
            ..Default::default()
        };
        let freight = Some(self.freight).filter(|it| *it != 0);
        let amounts: Vec<i64> = self.amounts(&units).into_iter().chain(freight).collect();
        let (tax_totals, total) = self.sums(&amounts);
        proto::OrderState {
            currency_code: "EUR".into(),
            lines: units.iter().map(line).collect(),
            charges: self.freight_charge(),
            tax_totals,
            total: money(total),
            ..Default::default()
        }
    }

    fn modes(&self) -> (PriceMode, RoundingMode) {
        match self.for_dealers {
            true => (PriceMode::Net, RoundingMode::Document),
            false => (PriceMode::Gross, RoundingMode::Line),
        }
    }

    /// Another number of pieces of a line.
    pub fn with(&self, line: usize, pieces: i64) -> Sale {
        let mut other = self.clone();
        other.lines[line].1 = pieces;
        other
    }

    pub fn named(&self) -> Option<proto::OrderReference> {
        let external =
            proto::ExternalReference { system: self.shop.into(), external_id: self.number.into() };
        let reference = Some(proto::order_reference::Reference::External(external));
        Some(proto::OrderReference { reference })
    }

    /// An invoice of pieces of its lines, with its freight or without, that deducts prepaid cents.
    fn invoice(
        &self,
        number: &str,
        units: &[(usize, i64)],
        freight: bool,
        prepaid: Option<(&str, i64)>,
    ) -> proto::RecordInvoiceRequest {
        let line = |(nth, pieces): &(usize, i64)| proto::InvoiceLine {
            invoice_line_id: format!("i-{nth}"),
            order_line_id: nth.to_string(),
            quantity: pieces.to_string(),
            unit_price: money(self.amount(*nth, 1)),
            amount: money(self.amount(*nth, *pieces)),
            taxes: vec![self.tax_of_part(self.amount(*nth, *pieces))],
            ..Default::default()
        };
        let mut charges = if freight { self.freight_charge() } else { vec![] };
        let mut amounts = self.amounts(units);
        amounts.extend(Some(self.freight).filter(|it| freight && *it != 0));
        if let Some((of, amount)) = prepaid {
            amounts.push(-amount);
            charges.push(proto::Charge {
                charge_id: "prepaid".into(),
                kind: ChargeKind::PrepaymentDeduction.into(),
                amount: money(amount),
                taxes: vec![self.tax_of_part(amount)],
                prepayment_invoice: of_system("erp", of),
                ..Default::default()
            });
        }
        let (tax_totals, total) = self.sums(&amounts);
        let (price_mode, rounding_mode) = self.modes();
        proto::RecordInvoiceRequest {
            external_invoice_id: number.into(),
            order: self.named(),
            invoice_date: "2026-11-27".into(),
            currency_code: "EUR".into(),
            price_mode: price_mode.into(),
            rounding_mode: rounding_mode.into(),
            lines: units.iter().map(line).collect(),
            charges,
            tax_totals,
            total: money(total),
            ..Default::default()
        }
    }
}

impl<'a> Shop<'a> {
    pub fn for_buyers(name: &'static str, line: &'a Connection) -> Shop<'a> {
        Shop { name, line, for_dealers: false }
    }

    pub fn for_dealers(name: &'static str, line: &'a Connection) -> Shop<'a> {
        Shop { name, line, for_dealers: true }
    }

    pub fn sale(&self, number: &'static str, lines: &[(&'static str, i64)], freight: i64) -> Sale {
        let (shop, for_dealers) = (self.name, self.for_dealers);
        Sale { number, shop, lines: lines.to_vec(), freight, for_dealers }
    }

    /// What of each line was `reserved+back ordered`, or why it cannot be sold.
    pub async fn sells(&self, sale: &Sale, may_wait: bool) -> String {
        let (price_mode, rounding_mode) = sale.modes();
        let proto::OrderState { currency_code, lines, charges, tax_totals, total, .. } =
            sale.state();
        let request = proto::SubmitOrderRequest {
            external_order_id: sale.number.into(),
            allow_back_order: may_wait,
            currency_code,
            price_mode: price_mode.into(),
            rounding_mode: rounding_mode.into(),
            lines,
            charges,
            tax_totals,
            total,
            ..Default::default()
        };
        match self.line.orders().submit_order(request).await {
            Err(status) => refusal(&status).expect("an answer").reason,
            Ok(done) => {
                let promises = done.into_inner().promises.into_iter();
                let told = promises.map(|it| format!("{}+{}", it.reserved, it.back_ordered));
                told.collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// How many pieces may be sold.
    pub async fn may_sell(&self, sku: &str) -> String {
        let request = proto::GetStockRequest { sku: sku.into(), ..Default::default() };
        let level = self.line.stock().get_stock(request).await.unwrap().into_inner().level;
        level.unwrap().sellable
    }

    pub async fn order(&self, sale: &Sale) -> proto::Order {
        let request = proto::GetOrderRequest { order: sale.named(), at_least_revision: 0 };
        self.line.orders().get_order(request).await.unwrap().into_inner().order.unwrap()
    }

    /// The buyer wants it to be otherwise.
    pub async fn amends(&self, number: &str, version: i64, wished: &Sale) -> String {
        let request = proto::AmendOrderRequest {
            external_amendment_id: number.into(),
            order: wished.named(),
            shop_version: version,
            state: Some(wished.state()),
        };
        let done = self.line.orders().amend_order(request).await.unwrap().into_inner();
        done.status().as_str_name().trim_start_matches("AMENDMENT_STATUS_").into()
    }

    /// The buyer does not want some pieces.
    pub async fn cancels(&self, number: &str, sale: &Sale, line: usize, pieces: i64) -> String {
        let line = proto::OrderLineCancellation {
            line_id: line.to_string(),
            quantity: pieces.to_string(),
        };
        let request = proto::RequestCancellationRequest {
            external_cancellation_id: number.into(),
            order: sale.named(),
            reason: "too many".into(),
            lines: vec![line],
        };
        let done = self.line.orders().request_cancellation(request).await.unwrap().into_inner();
        done.status().as_str_name().trim_start_matches("CANCELLATION_STATUS_").into()
    }

    /// What sending pieces back would give, by the lines of the order.
    pub async fn asks_what_back_gives(&self, sale: &Sale, units: &[(usize, i64)]) -> String {
        let line = |(line, pieces): &(usize, i64)| proto::OrderLineCredit {
            order_line_id: line.to_string(),
            quantity: pieces.to_string(),
        };
        let request = proto::PreviewCreditNoteRequest {
            kind: proto::CreditNoteKind::Correction.into(),
            order: sale.named(),
            order_lines: units.iter().map(line).collect(),
            ..Default::default()
        };
        self.line.credit_notes().preview_credit_note(request).await.unwrap().into_inner().total
    }

    /// The buyer sends pieces of a line back.
    pub async fn announces(&self, number: &str, sale: &Sale, line: usize, pieces: i64) {
        let line = proto::ReturnLine {
            line_id: line.to_string(),
            quantity: pieces.to_string(),
            ..Default::default()
        };
        let request = proto::RequestReturnRequest {
            external_return_id: number.into(),
            order: sale.named(),
            lines: vec![line],
            ..Default::default()
        };
        self.line.returns().request_return(request).await.unwrap();
    }

    /// Money came, or went back.
    pub async fn money(&self, number: &str, sale: &Sale, event: proto::PaymentEvent, amount: i64) {
        let request = proto::RecordPaymentRequest {
            external_payment_id: number.into(),
            order: sale.named(),
            event: event.into(),
            currency_code: "EUR".into(),
            amount: money(amount),
            ..Default::default()
        };
        let told = self.line.payments().record_payment(request).await;
        assert_eq!(result(told.map(|it| it.into_inner().result)), "APPLIED");
    }

    /// How a credit note of the ERP was settled.
    pub async fn settles(&self, note: &str, parts: &[(proto::SettlementKind, &str)]) {
        let settled = crate::kit::trade::settlement(&format!("settled {note}"), note, parts);
        assert_eq!(crate::kit::trade::settle(self.line, settled).await, "APPLIED");
    }
}

/// An ERP: what lies on its shelf, and what it has to send of the orders that it has taken over.
pub struct Erp<'a> {
    pub line: &'a Connection,
    basis: StockBasis,
    pub shelf: BTreeMap<&'static str, i64>,
    open: BTreeMap<&'static str, i64>,
    /// The last number of its ledger.
    ledger: i64,
    /// How often it has read its stock.
    readings: i64,
    /// The highest revision that it was ever answered.
    seen: i64,
}

impl<'a> Erp<'a> {
    pub fn new(line: &'a Connection, basis: StockBasis, shelf: &[(&'static str, i64)]) -> Erp<'a> {
        let (shelf, open) = (shelf.iter().copied().collect(), BTreeMap::new());
        Erp { line, basis, shelf, open, ledger: 100, readings: 0, seen: 0 }
    }

    fn moves(&mut self, sku: &'static str, on_shelf: i64, open: i64) {
        *self.shelf.entry(sku).or_default() += on_shelf;
        *self.open.entry(sku).or_default() += open;
    }

    /// Looks at its books. What it has read it tells later, or never.
    pub fn reads(&mut self) -> Vec<proto::StockReading> {
        self.readings += 1;
        let is_available = self.basis == StockBasis::Available;
        let reading = |(sku, on_shelf): (&&str, &i64)| {
            let open = self.open.get(sku).copied().unwrap_or_default();
            let figure = if is_available { on_shelf - open } else { *on_shelf };
            proto::StockReading {
                sku: (*sku).into(),
                on_hand: figure.to_string(),
                basis: self.basis.into(),
                statement_sequence: self.readings,
                ledger_through: self.ledger,
                orders_counted_through: is_available.then_some(self.seen),
                ..Default::default()
            }
        };
        self.shelf.iter().map(reading).collect()
    }

    /// Tells what it had read: what became of it, of each article where not alike.
    pub async fn states(&mut self, readings: Vec<proto::StockReading>) -> String {
        let request = proto::SetStockRequest { request_id: request_id(), readings };
        let done = self.line.stock().set_stock(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
        let told = done.results.iter().map(|it| it.outcome().as_str_name());
        let mut told: Vec<_> = told.map(|it| it.trim_start_matches("OUTCOME_")).collect();
        if told.iter().all(|it| *it == told[0]) {
            told.truncate(1);
        }
        told.join(" ")
    }

    /// Goods come from its supplier.
    pub async fn gets(&mut self, sku: &'static str, pieces: i64) {
        self.ledger += 1;
        let row = proto::StockAdjustment {
            sku: sku.into(),
            quantity: pieces.to_string(),
            ledger_number: self.ledger,
            reason: "from the supplier".into(),
            ..Default::default()
        };
        let request =
            proto::AdjustStockRequest { request_id: request_id(), adjustments: vec![row] };
        let done = self.line.stock().adjust_stock(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
        self.moves(sku, pieces, 0);
    }

    /// Takes over all that waits for it: what that was.
    pub async fn takes_over(&mut self, sales: &[&Sale]) -> Vec<String> {
        let mut taken = Vec::new();
        loop {
            let tasks = lease(self.line, 10).await;
            if tasks.is_empty() {
                return taken;
            }
            taken.extend(kinds(&tasks));
            let numbered = tasks.iter().map(|it| proto::TaskAcknowledgement {
                lease: it.lease.clone(),
                external_number: format!("E-{}", it.task.as_ref().unwrap().external_id),
            });
            let request = proto::AcknowledgeTasksRequest { tasks: numbered.collect() };
            let done = self.line.inbox().acknowledge_tasks(request).await.unwrap().into_inner();
            assert!(done.results.iter().all(|it| it.problem.is_none()), "{:?}", done.results);
            self.seen = self.seen.max(done.revision);
            let orders = tasks
                .iter()
                .filter(|it| it.task.as_ref().unwrap().kind() == proto::TaskKind::Order);
            for order in orders {
                let number = &order.task.as_ref().unwrap().external_id;
                let sale = sales.iter().find(|it| it.number == number).expect("a known sale");
                sale.lines.iter().for_each(|it| self.moves(it.0, 0, it.1));
            }
        }
    }

    /// Grants another state of an order.
    pub async fn agrees(&mut self, number: &str, before: &Sale, after: &Sale) {
        let request = proto::AnswerAmendmentRequest {
            request_id: request_id(),
            amendment: of_system(before.shop, number),
            decision: proto::AmendmentDecision::Accept.into(),
            ..Default::default()
        };
        let done = self.line.orders().answer_amendment(request).await.unwrap().into_inner();
        assert_eq!(done.status(), proto::AmendmentStatus::Accepted);
        self.seen = self.seen.max(done.revision);
        before.lines.iter().for_each(|it| self.moves(it.0, 0, -it.1));
        after.lines.iter().for_each(|it| self.moves(it.0, 0, it.1));
    }

    /// Grants that pieces are not wanted.
    pub async fn lets_go(&mut self, number: &str, sale: &Sale, line: usize, pieces: i64) {
        let request = proto::AnswerCancellationRequest {
            request_id: request_id(),
            cancellation: of_system(sale.shop, number),
            decision: proto::CancellationDecision::Accept.into(),
            ..Default::default()
        };
        let done = self.line.orders().answer_cancellation(request).await.unwrap().into_inner();
        assert_eq!(done.status(), proto::CancellationStatus::Accepted);
        self.seen = self.seen.max(done.revision);
        self.moves(sale.lines[line].0, 0, -pieces);
    }

    /// A parcel leaves, of pieces of an order.
    pub async fn ships(&mut self, number: &str, sale: &Sale, units: &[(usize, i64)]) {
        let mut lines = Vec::new();
        for (line, pieces) in units {
            self.ledger += 1;
            self.moves(sale.lines[*line].0, -pieces, -pieces);
            lines.push(proto::ShipmentLine {
                line_id: line.to_string(),
                quantity: pieces.to_string(),
                ledger_number: self.ledger,
                ..Default::default()
            });
        }
        let request = proto::CreateShipmentRequest {
            external_shipment_id: number.into(),
            order: sale.named(),
            tracking_numbers: vec![format!("track {number}")],
            lines,
            ..Default::default()
        };
        let done = self.line.shipments().create_shipment(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
        assert_eq!(result(Ok(done.result)), "APPLIED");
    }

    /// All of an order leaves in one parcel.
    pub async fn ships_all(&mut self, number: &str, sale: &Sale) {
        self.ships(number, sale, &sale.all()).await;
    }

    /// A parcel of one line comes back, because nobody was at home.
    pub async fn gets_back(&mut self, parcel: &str, sale: &Sale, line: usize, pieces: i64) {
        self.ledger += 1;
        self.moves(sale.lines[line].0, pieces, pieces);
        let request = proto::CancelShipmentRequest {
            external_cancellation_id: format!("{parcel} is back"),
            shipment: of_system("erp", parcel),
            kind: proto::ShipmentCancellationKind::CarrierReturn.into(),
            disposition: proto::Disposition::Restock.into(),
            ledger_number: self.ledger,
        };
        let done = self.line.shipments().cancel_shipment(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
        assert_eq!(result(Ok(done.result)), "APPLIED");
    }

    async fn record(&mut self, request: proto::RecordInvoiceRequest) -> String {
        let total = request.total.clone();
        let done = self.line.invoices().record_invoice(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
        assert_eq!(result(Ok(done.result)), "APPLIED");
        total
    }

    /// Invoices a whole order; what is to be paid.
    pub async fn invoices(&mut self, number: &str, sale: &Sale) -> String {
        self.record(sale.invoice(number, &sale.all(), true, None)).await
    }

    /// The same, less what was prepaid.
    pub async fn invoices_rest(
        &mut self,
        number: &str,
        sale: &Sale,
        prepaid: (&str, i64),
    ) -> String {
        self.record(sale.invoice(number, &sale.all(), true, Some(prepaid))).await
    }

    /// Invoices money ahead of goods.
    pub async fn invoices_ahead(&mut self, number: &str, sale: &Sale, amount: i64) -> String {
        let charge = proto::Charge {
            charge_id: "ahead".into(),
            kind: ChargeKind::Prepayment.into(),
            amount: money(amount),
            taxes: vec![sale.tax_of_part(amount)],
            ..Default::default()
        };
        let (tax_totals, total) = sale.sums(&[amount]);
        self.record(proto::RecordInvoiceRequest {
            kind: proto::InvoiceKind::Prepayment.into(),
            lines: vec![],
            charges: vec![charge],
            tax_totals,
            total: money(total),
            ..sale.invoice(number, &[], false, None)
        })
        .await
    }

    pub async fn approves(&mut self, shop: &Shop<'_>, number: &str) {
        let request = proto::ApproveReturnRequest {
            request_id: request_id(),
            r#return: of_system(shop.name, number),
            ..Default::default()
        };
        let done = self.line.returns().approve_return(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
    }

    /// Pieces of a line have come back.
    pub async fn receives(
        &mut self,
        (number, of): (&str, &str),
        sale: &Sale,
        (line, pieces): (usize, i64),
        disposition: proto::Disposition,
    ) {
        self.ledger += 1;
        if disposition == proto::Disposition::Restock {
            self.moves(sale.lines[line].0, pieces, 0);
        }
        let line = proto::ReceptionLine {
            line_id: line.to_string(),
            quantity: pieces.to_string(),
            disposition: disposition.into(),
            ledger_number: self.ledger,
            ..Default::default()
        };
        let request = proto::ReceiveReturnRequest {
            external_reception_id: number.into(),
            r#return: of_system(sale.shop, of),
            lines: vec![line],
        };
        let done = self.line.returns().receive_return(request).await.unwrap().into_inner();
        self.seen = self.seen.max(done.revision);
        assert_eq!(result(Ok(done.result)), "APPLIED");
    }
}
