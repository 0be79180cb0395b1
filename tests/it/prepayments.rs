//! Money is invoiced ahead of goods, and deducted from what the goods come to.

use erpsync_client::proto::{
    self, ChargeKind, CreditNoteKind, InvoiceKind, PriceMode, RoundingMode,
};

use crate::kit::House;
use crate::kit::trade::{
    correction, credit, credit_note, get, get_invoice, invoice, of_shop, of_system, order, parked,
    preview, record, set, submit, until_nothing_is_parked,
};

/// A hundred mugs, and orders of shop-a of some of them.
async fn house(orders: &[(&str, &str)]) -> House {
    let house = House::open().await;
    set(&house.erp, "mug", "100").await;
    for (number, quantity) in orders {
        submit(&house.shop, order(number, &[("mug", quantity)])).await.unwrap();
    }
    house
}

/// `rate base amount`.
fn tax((rate, base, amount): (&str, &str, &str)) -> proto::Tax {
    proto::Tax { category: "S".into(), rate: rate.into(), base: base.into(), amount: amount.into() }
}

fn charge(kind: ChargeKind, amount: &str, taxes: &[(&str, &str, &str)]) -> proto::Charge {
    proto::Charge {
        charge_id: format!("{kind:?} {amount}"),
        kind: kind.into(),
        amount: amount.into(),
        taxes: taxes.iter().copied().map(tax).collect(),
        ..Default::default()
    }
}

/// What a prepayment of the ERP lowers an invoice by.
fn deduction(of: &str, amount: &str, taxes: &[(&str, &str, &str)]) -> proto::Charge {
    let kind = ChargeKind::PrepaymentDeduction;
    proto::Charge { prepayment_invoice: of_system("erp", of), ..charge(kind, amount, taxes) }
}

/// A prepayment invoice of one charge: its taxes are those of the whole.
fn prepayment(
    number: &str,
    of: &str,
    (price_mode, rounding_mode): (PriceMode, RoundingMode),
    (amount, total): (&str, &str),
    taxes: &[(&str, &str, &str)],
) -> proto::RecordInvoiceRequest {
    let on_charge: Vec<_> = match rounding_mode {
        RoundingMode::Document => taxes.iter().map(|it| (it.0, it.1, "")).collect(),
        _ => taxes.to_vec(),
    };
    proto::RecordInvoiceRequest {
        external_invoice_id: number.into(),
        kind: InvoiceKind::Prepayment.into(),
        order: of_shop(of),
        invoice_date: "2026-11-20".into(),
        currency_code: "EUR".into(),
        price_mode: price_mode.into(),
        rounding_mode: rounding_mode.into(),
        lines: vec![],
        charges: vec![charge(ChargeKind::Prepayment, amount, &on_charge)],
        tax_totals: taxes.iter().copied().map(tax).collect(),
        total: total.into(),
    }
}

/// The gross prepayment of most tests: 6.00, of which 0.96 are taxes, rounded per document as in
/// [`invoice`].
fn six(number: &str, of: &str) -> proto::RecordInvoiceRequest {
    let modes = (PriceMode::Gross, RoundingMode::Document);
    prepayment(number, of, modes, ("6", "6"), &[("19", "6", "0.96")])
}

/// An invoice of pieces at 1.00 gross that deducts a prepayment: `(base, tax, total)` are what is left.
fn closing(
    number: &str,
    of: &str,
    pieces: &str,
    deductions: Vec<proto::Charge>,
    (base, amount): (&str, &str),
) -> proto::RecordInvoiceRequest {
    proto::RecordInvoiceRequest {
        charges: deductions,
        tax_totals: vec![tax(("19", base, amount))],
        total: base.into(),
        ..invoice(number, of, &[("0", pieces)])
    }
}

fn reversal(number: &str, of: &str) -> proto::IssueCreditNoteRequest {
    let kind = CreditNoteKind::Reversal.into();
    proto::IssueCreditNoteRequest { kind, ..correction(number, of, &[]) }
}

/// Amounts of a prepayment are credited.
fn reduction(
    number: &str,
    of: &str,
    amount: &str,
    taxes: &[(&str, &str, &str)],
) -> proto::IssueCreditNoteRequest {
    let line = proto::CreditNoteLine {
        amount: amount.into(),
        taxes: taxes.iter().copied().map(tax).collect(),
        ..Default::default()
    };
    let kind = CreditNoteKind::PriceReduction.into();
    proto::IssueCreditNoteRequest { kind, lines: vec![line], ..correction(number, of, &[]) }
}

/// `amount base/tax … = total` of what was deducted, and of what still can be.
async fn became(house: &House, number: &str) -> [String; 2] {
    let told = get_invoice(&house.shop, number).await.prepayment.unwrap();
    [told.deducted, told.deductible].map(|it| {
        let it = it.unwrap();
        let rates = it.tax_totals.iter().map(|it| format!("{}/{} ", it.base, it.amount));
        format!("{} {}= {}", it.amount, rates.collect::<String>(), it.total)
    })
}

/// What all invoices of an order come to, less what was credited of them, in cents.
async fn invoiced(house: &House, order: &str) -> i64 {
    let cents = |it: &str| (it.parse::<f64>().unwrap() * 100.0).round() as i64;
    let told = get(&house.shop, order).await;
    let open = |it: &proto::Invoice| {
        cents(&it.total) - cents(&it.credits.as_ref().expect("credits").total)
    };
    told.invoices.iter().map(open).sum()
}

/// I6: units are invoiced once, and so is the money: what was prepaid is deducted.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_prepaid_is_deducted_from_what_the_goods_come_to() {
    let house = house(&[("a-1", "10")]).await;
    assert_eq!(record(&house.erp, six("p-1", "a-1")).await, "APPLIED");
    let seen = get(&house.shop, "a-1").await;
    assert_eq!(seen.quantities[0].invoiced, "0", "no units");
    assert_eq!(seen.invoices[0].kind(), InvoiceKind::Prepayment);
    assert_eq!(became(&house, "p-1").await, ["0 0/0 = 0", "6 6/0.96 = 6"]);

    let four = deduction("p-1", "4", &[("19", "4", "")]);
    let first = closing("r-1", "a-1", "7", vec![four], ("3", "0.48"));
    assert_eq!(record(&house.erp, first.clone()).await, "APPLIED");
    assert_eq!(record(&house.erp, first).await, "APPLIED", "the same again");
    assert_eq!(became(&house, "p-1").await, ["4 4/0.64 = 4", "2 2/0.32 = 2"]);
    let told = get_invoice(&house.shop, "r-1").await;
    let prepaid = get_invoice(&house.shop, "p-1").await;
    let reference = proto::document_reference::Reference::DocumentId(prepaid.invoice_id);
    let named = told.charges[0].prepayment_invoice.clone().unwrap();
    assert_eq!((named.reference, told.kind()), (Some(reference), InvoiceKind::Standard));

    let two = deduction("p-1", "2", &[("19", "2", "")]);
    let last = closing("r-2", "a-1", "3", vec![two], ("1", "0.16"));
    assert_eq!(record(&house.erp, last).await, "APPLIED");
    assert_eq!(became(&house, "p-1").await, ["6 6/0.96 = 6", "0 0/0 = 0"]);
    let seen = get(&house.shop, "a-1").await;
    assert_eq!(seen.quantities[0].invoiced, "10");
    assert_eq!(invoiced(&house, "a-1").await, 1_000, "no money is counted twice");
}

/// To the cent, in each mode, at several rates and with three decimals.
#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_exact_in_every_mode() {
    use PriceMode::{Gross, Net};
    use RoundingMode::{Document, Line};
    type Taxes = &'static [(&'static str, &'static str, &'static str)];
    // Of a currency and modes: what is prepaid, what the first deducts, what then is left, and what a
    // reversal of the prepayment gives.
    type Row = (&'static str, (PriceMode, RoundingMode), Paid, Part, &'static str, &'static str);
    type Paid = (&'static str, &'static str, Taxes);
    type Part = (&'static str, Taxes);
    let rows: [Row; 5] = [
        (
            "EUR",
            (Net, Line),
            ("300", "345", &[("19", "200", "38"), ("7", "100", "7")]),
            ("100.01", &[("19", "66.67", "12.67"), ("7", "33.34", "2.33")]),
            "199.99 133.33/25.33 66.66/4.67 = 229.99",
            "229.99",
        ),
        (
            "EUR",
            (Net, Document),
            ("100", "119", &[("19", "100", "19")]),
            ("33.33", &[("19", "33.33", "")]),
            "66.67 66.67/12.67 = 79.34",
            "79.34",
        ),
        (
            "EUR",
            (Gross, Line),
            ("345", "345", &[("19", "238", "38"), ("7", "107", "7")]),
            ("107", &[("7", "107", "7")]),
            "238 238/38 0/0 = 238",
            "238",
        ),
        (
            "KWD",
            (Net, Line),
            ("10.005", "10.505", &[("5", "10.005", "0.5")]),
            ("3.333", &[("5", "3.333", "0.167")]),
            "6.672 6.672/0.333 = 7.005",
            "7.005",
        ),
        (
            "KWD",
            (Gross, Document),
            ("10.505", "10.505", &[("5", "10.505", "0.5")]),
            ("0.001", &[("5", "0.001", "")]),
            "10.504 10.504/0.5 = 10.504",
            "10.504",
        ),
    ];
    for (currency, modes, (amount, total, taxes), (deducted, its), left, reversed) in rows {
        let house = house(&[]).await;
        let sold = proto::SubmitOrderRequest {
            currency_code: currency.into(),
            ..order("a-1", &[("mug", "1")])
        };
        submit(&house.shop, sold).await.unwrap();
        let paid = proto::RecordInvoiceRequest {
            currency_code: currency.into(),
            ..prepayment("p-1", "a-1", modes, (amount, total), taxes)
        };
        assert_eq!(record(&house.erp, paid.clone()).await, "APPLIED", "{modes:?}");
        // It deducts all that it charges: what is to be paid is nothing.
        let fee = proto::Charge {
            taxes: its.iter().copied().map(tax).collect(),
            ..charge(ChargeKind::Fee, deducted, &[])
        };
        let closing = proto::RecordInvoiceRequest {
            external_invoice_id: "r-1".into(),
            kind: InvoiceKind::Standard.into(),
            charges: vec![fee, deduction("p-1", deducted, its)],
            tax_totals: its.iter().map(|it| tax((it.0, "0", "0"))).collect(),
            total: "0".into(),
            ..paid
        };
        assert_eq!(record(&house.erp, closing).await, "APPLIED", "{currency} {modes:?}");
        assert_eq!(became(&house, "p-1").await[1], left, "{currency} {modes:?}");
        let all = reversal("c-1", "p-1");
        assert_eq!(preview(&house.shop, all.clone()).await, reversed);
        assert_eq!(credit(&house.erp, all).await, reversed);
        let credited = get_invoice(&house.shop, "p-1").await.credits.unwrap();
        assert_eq!(credited.total, reversed);
        // The fee alone is credited as if nothing had been deducted, then all of it.
        let fee = proto::IssueCreditNoteRequest {
            charge_ids: vec![format!("Fee {deducted}")],
            ..correction("c-2", "r-1", &[])
        };
        let fee = credit(&house.erp, fee).await.parse::<f64>().unwrap();
        let rest = credit(&house.erp, reversal("c-3", "r-1")).await.parse::<f64>().unwrap();
        assert!(0.0 < fee && fee == -rest, "{currency} {modes:?}: {fee} {rest}");
        let again = became(&house, "p-1").await;
        assert!(again[0].starts_with("0 "), "what was reversed deducts no more: {again:?}");
        house.close().await;
    }
}

/// Rounded per document, the share of a deduction need not be the ERP's rounding of it. What is credited of
/// the invoice is the ERP's, also at a rate at which it only deducts.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_reversed_is_what_was_invoiced_to_the_cent() {
    let house = house(&[("a-1", "10")]).await;
    let modes = (PriceMode::Net, RoundingMode::Document);
    let paid = prepayment("p-1", "a-1", modes, ("100.03", "119.04"), &[("19", "100.03", "19.01")]);
    assert_eq!(record(&house.erp, paid.clone()).await, "APPLIED");
    let bill = |number: &str, fee: (&str, &str), deducted: &str, taxes: &[_], total: &str| {
        let (rate, amount) = fee;
        let fee = charge(ChargeKind::Fee, amount, &[(rate, amount, "")]);
        proto::RecordInvoiceRequest {
            external_invoice_id: number.into(),
            kind: InvoiceKind::Standard.into(),
            charges: vec![fee, deduction("p-1", deducted, &[("19", deducted, "")])],
            tax_totals: taxes.iter().copied().map(tax).collect(),
            total: total.into(),
            ..paid.clone()
        }
    };
    let first = bill("r-1", ("19", "60"), "50.01", &[("19", "9.99", "1.9")], "11.89");
    assert_eq!(record(&house.erp, first).await, "APPLIED");
    let taxes = [("19", "-50.02", "-9.5"), ("7", "100", "7")];
    let last = bill("r-2", ("7", "100"), "50.02", &taxes, "47.48");
    assert_eq!(record(&house.erp, last).await, "APPLIED");
    // What was left of its tax, and not the ERP's 9.50.
    assert_eq!(became(&house, "p-1").await[0], "100.03 100.03/19.01 = 119.04");
    assert_eq!(credit(&house.erp, reversal("c-1", "r-2")).await, "47.48");
    let note = credit_note(&house.shop, "erp", "c-1").await;
    let taxes: Vec<_> =
        note.tax_totals.iter().map(|it| format!("{}/{}", it.base, it.amount)).collect();
    assert_eq!(taxes, ["-50.02/-9.5", "100/7"]);
    assert_eq!(credit(&house.erp, reversal("c-2", "r-1")).await, "11.89");
    assert_eq!(credit(&house.erp, reversal("c-3", "p-1")).await, "119.04");
    assert_eq!(invoiced(&house, "a-1").await, 0);
}

/// Whoever cancels what was deducted has it again, and not twice.
#[tokio::test(flavor = "multi_thread")]
async fn crediting_the_invoice_gives_the_prepayment_back() {
    let house = house(&[("a-1", "10")]).await;
    assert_eq!(record(&house.erp, six("p-1", "a-1")).await, "APPLIED");
    let all = || vec![deduction("p-1", "6", &[("19", "6", "")])];
    let bill = closing("r-1", "a-1", "10", all(), ("4", "0.64"));
    assert_eq!(record(&house.erp, bill).await, "APPLIED");
    assert_eq!(credit(&house.erp, reversal("c-0", "p-1")).await, "CREDIT_EXCEEDS_INVOICE");

    // Eight of ten come back: more than is still to be paid, because the rest was prepaid.
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "8")])).await, "8");
    assert_eq!(became(&house, "p-1").await[0], "6 6/0.96 = 6", "units alone give nothing back");
    let note = credit_note(&house.shop, "erp", "c-1").await;
    assert_eq!(note.tax_totals[0].amount, "1.28");
    assert_eq!(preview(&house.shop, reversal("c-2", "r-1")).await, "-4");
    assert_eq!(became(&house, "p-1").await[0], "6 6/0.96 = 6", "a preview changes nothing");
    assert_eq!(credit(&house.erp, reversal("c-2", "r-1")).await, "-4");
    assert_eq!(became(&house, "p-1").await, ["0 0/0 = 0", "6 6/0.96 = 6"]);
    let credits = get_invoice(&house.erp, "r-1").await.credits.unwrap();
    assert_eq!([credits.total, credits.tax_totals[0].amount.clone()], ["4", "0.64"]);
    assert_eq!(invoiced(&house, "a-1").await, 600);

    let anew = closing("r-2", "a-1", "10", all(), ("4", "0.64"));
    assert_eq!(record(&house.erp, anew).await, "APPLIED");
    assert_eq!(credit(&house.erp, reversal("c-3", "r-2")).await, "4");
    assert_eq!(credit(&house.erp, reversal("c-4", "p-1")).await, "6");
    assert_eq!(invoiced(&house, "a-1").await, 0);
    assert_eq!(credit(&house.erp, reversal("c-5", "p-1")).await, "CREDIT_EXCEEDS_INVOICE");
}

/// What is credited of a prepayment is not deducted, and the other way round.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_credited_cannot_be_deducted() {
    let house = house(&[("a-1", "10")]).await;
    assert_eq!(record(&house.erp, six("p-1", "a-1")).await, "APPLIED");
    let some = reduction("c-1", "p-1", "2", &[("19", "2", "")]);
    assert_eq!(preview(&house.shop, some.clone()).await, "2");
    assert_eq!(credit(&house.erp, some).await, "2");
    let note = credit_note(&house.shop, "erp", "c-1").await;
    assert_eq!(
        (note.kind(), &*note.tax_totals[0].amount),
        (CreditNoteKind::PriceReduction, "0.32")
    );
    assert_eq!(became(&house, "p-1").await, ["0 0/0 = 0", "4 4/0.64 = 4"]);

    let much = deduction("p-1", "4.01", &[("19", "4", "")]);
    let bill = closing("r-1", "a-1", "10", vec![much], ("6", "0.96"));
    let bill = proto::RecordInvoiceRequest { total: "5.99".into(), ..bill };
    assert_eq!(record(&house.erp, bill).await, "PARKED PREPAYMENT_EXCEEDED");
    let three = deduction("p-1", "3", &[("19", "3", "")]);
    let bill = closing("r-2", "a-1", "10", vec![three], ("7", "1.12"));
    assert_eq!(record(&house.erp, bill).await, "APPLIED");

    let exceeds = reduction("c-2", "p-1", "1.01", &[("19", "1", "")]);
    let issued = proto::IssueCreditNoteRequest { already_issued: true, ..exceeds.clone() };
    for (note, expected) in [
        (exceeds, "CREDIT_EXCEEDS_INVOICE"),
        (reduction("c-2", "p-1", "1", &[("19", "1.01", "")]), "CREDIT_EXCEEDS_INVOICE"),
        (reduction("c-2", "p-1", "1", &[("7", "1", "")]), "CREDIT_EXCEEDS_INVOICE"),
        (reduction("c-2", "p-1", "1", &[("19", "1", "0.16")]), "FIELD_INVALID"),
        (reduction("c-2", "p-1", "0.001", &[]), "FIELD_INVALID"),
        (reduction("c-2", "r-2", "1", &[("19", "1", "")]), "FIELD_INVALID"),
        (correction("c-2", "p-1", &[("i-0", "1")]), "FIELD_INVALID"),
        (issued, "PARKED CREDIT_EXCEEDS_INVOICE"),
    ] {
        assert_eq!(credit(&house.erp, note.clone()).await, expected, "{note:?}");
    }
    assert_eq!(became(&house, "p-1").await, ["3 3/0.48 = 3", "1 1/0.16 = 1"]);
    assert_eq!(credit(&house.erp, reversal("c-3", "p-1")).await, "1");
}

/// Whatever was taxed when it was prepaid is deducted with its tax, or would be taxed twice.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_taxed_is_not_deducted_untaxed() {
    let house = house(&[("a-1", "10")]).await;
    assert_eq!(record(&house.erp, six("p-1", "a-1")).await, "APPLIED");
    let untaxed = closing("r-1", "a-1", "10", vec![deduction("p-1", "6", &[])], ("10", "1.6"));
    let untaxed = proto::RecordInvoiceRequest { total: "4".into(), ..untaxed };
    assert_eq!(record(&house.erp, untaxed).await, "PARKED PREPAYMENT_EXCEEDED");
    let request = proto::ListParkedRequest::default();
    let it = house.tool.parking().list_parked(request).await.unwrap().into_inner().parked.remove(0);
    let why = it.problem.unwrap();
    let facts = ["part", "asked", "possible", "name"].map(|it| why.metadata[it].as_str());
    assert_eq!(facts, ["untaxed", "6", "0", "p-1"], "{}", why.message);
    let untaxed = reduction("c-1", "p-1", "1", &[]);
    assert_eq!(credit(&house.erp, untaxed).await, "CREDIT_EXCEEDS_INVOICE");
    assert_eq!(became(&house, "p-1").await, ["0 0/0 = 0", "6 6/0.96 = 6"]);
}

/// An invoice that deducts more than there is waits until somebody gives it back.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_for_a_prepayment_gets_what_is_given_back() {
    let house = house(&[("a-1", "10")]).await;
    assert_eq!(record(&house.erp, six("p-1", "a-1")).await, "APPLIED");
    let all = || vec![deduction("p-1", "6", &[("19", "6", "")])];
    // It should have been of four pieces.
    let wrong = closing("r-1", "a-1", "6", all(), ("0", "0"));
    assert_eq!(record(&house.erp, wrong).await, "APPLIED");
    let right = closing("r-2", "a-1", "4", all(), ("-2", "-0.32"));
    assert_eq!(record(&house.erp, right).await, "PARKED PREPAYMENT_EXCEEDED");
    // Units alone give nothing back, and wake nobody.
    assert_eq!(credit(&house.erp, correction("c-1", "r-1", &[("i-0", "1")])).await, "1");
    assert_eq!(preview(&house.erp, reversal("c-2", "r-1")).await, "-1");
    assert_eq!(parked(&house.tool).await, ["invoice r-2 PREPAYMENT_EXCEEDED"]);
    assert_eq!(credit(&house.erp, reversal("c-2", "r-1")).await, "-1");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(became(&house, "p-1").await, ["6 6/0.96 = 6", "0 0/0 = 0"]);
    assert_eq!(get(&house.shop, "a-1").await.quantities[0].invoiced, "10");
    assert_eq!(invoiced(&house, "a-1").await, 400, "what the four pieces come to");
}

/// A closing invoice waits for what it deducts; what does not fit is parked, with its reason.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_waits_or_is_parked() {
    let house = house(&[("a-1", "10"), ("a-2", "10")]).await;
    let dollars =
        proto::SubmitOrderRequest { currency_code: "USD".into(), ..order("a-3", &[("mug", "10")]) };
    submit(&house.shop, dollars).await.unwrap();
    let bill = |number: &str, of: &str| {
        let all = vec![deduction(of, "6", &[("19", "6", "")])];
        closing(number, "a-1", "5", all, ("-1", "-0.16"))
    };

    assert_eq!(record(&house.erp, bill("r-1", "p-1")).await, "PARKED WAITS_FOR_DOCUMENT");
    assert_eq!(record(&house.erp, six("p-1", "a-1")).await, "APPLIED");
    until_nothing_is_parked(&house.tool).await;
    assert_eq!(became(&house, "p-1").await[1], "0 0/0 = 0");

    let dollars = proto::RecordInvoiceRequest { currency_code: "USD".into(), ..six("p-3", "a-3") };
    assert_eq!(record(&house.erp, dollars).await, "APPLIED");
    assert_eq!(record(&house.erp, six("p-2", "a-2")).await, "APPLIED");
    let modes = (PriceMode::Gross, RoundingMode::Line);
    let on_lines = prepayment("p-4", "a-1", modes, ("6", "6"), &[("19", "6", "0.96")]);
    assert_eq!(record(&house.erp, on_lines).await, "APPLIED");
    let modes = (PriceMode::Net, RoundingMode::Document);
    let net = prepayment("p-5", "a-1", modes, ("6", "7.14"), &[("19", "6", "1.14")]);
    assert_eq!(record(&house.erp, net).await, "APPLIED");
    for (of, expected) in [
        ("p-1", "PARKED PREPAYMENT_EXCEEDED"),
        ("p-2", "PARKED PREPAYMENT_MISMATCH"),
        ("p-3", "PARKED CURRENCY_MISMATCH"),
        ("p-4", "PARKED PREPAYMENT_MISMATCH"),
        ("p-5", "PARKED PREPAYMENT_MISMATCH"),
        ("r-1", "PARKED PREPAYMENT_MISMATCH"),
        ("p-9", "PARKED WAITS_FOR_DOCUMENT"),
    ] {
        let number = format!("of {of}");
        assert_eq!(record(&house.erp, bill(&number, of)).await, expected, "{of}");
    }
    let waiting = parked(&house.tool).await;
    assert_eq!(waiting.len(), 7, "{waiting:?}");
    assert_eq!(waiting[0], "invoice of p-1 PREPAYMENT_EXCEEDED");
    let seen = get(&house.shop, "a-1").await;
    assert_eq!(seen.quantities[0].invoiced, "5", "what is parked has invoiced nothing");
    assert_eq!(became(&house, "p-2").await[0], "0 0/0 = 0");
}
