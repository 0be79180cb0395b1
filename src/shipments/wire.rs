use super::{
    CancelLines, CancelShipment, Cancelled, Ship, Shipment, ShippedLine, ToldLine, Undone,
};
use crate::books::NameKind;
use crate::decimal::Decimal;
use crate::error::{Faults, Result};
use crate::id::{ExternalId, Location, RequestId, Sku, SystemName};
use crate::orders::cancelled_lines;
use crate::proto;
use crate::wire::{self, document, timestamp};

const TRACKING_NUMBERS_MAX: usize = 100;

pub fn ship(request: proto::CreateShipmentRequest, system: SystemName) -> Result<Ship> {
    let proto::CreateShipmentRequest {
        external_shipment_id,
        order,
        ship_date,
        carrier,
        tracking_numbers,
        lines,
        completes_order,
    } = request;
    let mut faults = Faults::default();
    let external_id = faults.take("external_shipment_id", ExternalId::parse(&external_shipment_id));
    let order = wire::order_named(&mut faults, "order", order, &system);
    let ship_date = wire::date(&mut faults, "ship_date", &ship_date);
    wire::text(&mut faults, "carrier", &carrier, 255);
    if TRACKING_NUMBERS_MAX < tracking_numbers.len() {
        let told = format!("must have at most {TRACKING_NUMBERS_MAX} entries");
        faults.push("tracking_numbers", told);
    }
    for (nth, number) in tracking_numbers.iter().take(TRACKING_NUMBERS_MAX).enumerate() {
        faults.take(format!("tracking_numbers[{nth}]"), ExternalId::parse(number));
    }
    let lines = wire::lines(&mut faults, lines, line);
    wire::all(faults, || {
        Some(Ship {
            system,
            external_id: external_id?,
            order: order?,
            ship_date,
            carrier,
            tracking_numbers,
            lines,
            completes_order,
        })
    })
}

fn line(faults: &mut Faults, at: wire::At<'_>, line: proto::ShipmentLine) -> Option<ToldLine> {
    let proto::ShipmentLine { line_id, sku, location, quantity, ledger_number, completes_line } =
        line;
    if line_id.is_empty() && sku.is_empty() {
        faults.push(at("line_id"), "must name a line of the order, or sku the goods beyond it");
    }
    if line_id.is_empty() && completes_line {
        faults.push(at("completes_line"), "must be false where no line of the order is named");
    }
    let line = wire::given(faults, at("line_id"), &line_id, ExternalId::parse);
    let sku = wire::given(faults, at("sku"), &sku, Sku::parse);
    let location = wire::given(faults, at("location"), &location, Location::parse);
    let quantity = faults.take(at("quantity"), document::positive(&quantity));
    wire::ledger_number(faults, at("ledger_number"), ledger_number);
    Some(ToldLine { line, sku, location, quantity: quantity?, ledger_number, completes_line })
}

pub fn undo(request: proto::CancelShipmentRequest, system: SystemName) -> Result<CancelShipment> {
    use proto::{Disposition, ShipmentCancellationKind as Kind};
    let (kind, disposition) = (request.kind(), request.disposition());
    let proto::CancelShipmentRequest {
        external_cancellation_id,
        shipment,
        kind: _,
        disposition: _,
        ledger_number,
    } = request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_cancellation_id", ExternalId::parse(&external_cancellation_id));
    let of = wire::document_named(&mut faults, "shipment", shipment, &system, NameKind::Shipment);
    let undone = match (kind, disposition) {
        (Kind::NeverLeft, Disposition::Unspecified) => Some(Undone::NeverLeft),
        (Kind::NeverLeft, _) => {
            faults.push("disposition", "must be empty where the parcel never left");
            None
        }
        (Kind::CarrierReturn, Disposition::Restock) => Some(Undone::Restock),
        (Kind::CarrierReturn, Disposition::Quarantine) => Some(Undone::Quarantine),
        (Kind::CarrierReturn, Disposition::Scrap) => Some(Undone::Scrap),
        (Kind::CarrierReturn, _) => {
            faults.push("disposition", "must be RESTOCK, QUARANTINE or SCRAP");
            None
        }
        (Kind::Unspecified, _) => {
            faults.push("kind", "must be NEVER_LEFT or CARRIER_RETURN");
            None
        }
    };
    wire::ledger_number(&mut faults, "ledger_number", ledger_number);
    wire::all(faults, || {
        let (external_id, of, undone) = (external_id?, of?, undone?);
        Some(CancelShipment { system, external_id, of, undone, ledger_number })
    })
}

fn cancelled_shipment(cancelled: Cancelled) -> proto::ShipmentCancellation {
    use proto::{Disposition, ShipmentCancellationKind as Kind};
    let Cancelled { by, external_id, undone, at } = cancelled;
    let (kind, disposition) = match undone {
        Undone::NeverLeft => (Kind::NeverLeft, Disposition::Unspecified),
        Undone::Restock => (Kind::CarrierReturn, Disposition::Restock),
        Undone::Quarantine => (Kind::CarrierReturn, Disposition::Quarantine),
        Undone::Scrap => (Kind::CarrierReturn, Disposition::Scrap),
    };
    proto::ShipmentCancellation {
        system: by.to_string(),
        external_cancellation_id: external_id.to_string(),
        kind: kind.into(),
        disposition: disposition.into(),
        record_time: Some(timestamp(at)),
    }
}

pub fn cancel(
    request: proto::CancelOrderLinesRequest,
    system: &SystemName,
) -> Result<(RequestId, CancelLines)> {
    let proto::CancelOrderLinesRequest { request_id, order, lines } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let order = wire::order_named(&mut faults, "order", order, system);
    let lines = cancelled_lines(&mut faults, lines);
    wire::all(faults, || Some((request_id?, CancelLines { order: order?, lines })))
}

pub fn cancelled(lines: Vec<(ExternalId, Decimal)>) -> Vec<proto::OrderLineCancellation> {
    let told = |(id, units): (ExternalId, Decimal)| proto::OrderLineCancellation {
        line_id: id.to_string(),
        quantity: units.to_string(),
    };
    lines.into_iter().map(told).collect()
}

/// As it is told.
pub fn shipment(shipment: Shipment) -> proto::Shipment {
    let Shipment {
        id,
        system,
        external_id,
        order,
        ship_date,
        carrier,
        tracking_numbers,
        lines,
        completes_order,
        cancelled,
        recorded_at,
        revision,
    } = shipment;
    proto::Shipment {
        shipment_id: id.to_string(),
        system: system.to_string(),
        external_shipment_id: external_id.to_string(),
        order_id: order.to_string(),
        ship_date: ship_date.map(|it| it.to_string()).unwrap_or_default(),
        carrier,
        tracking_numbers,
        lines: lines.into_iter().map(shipped).collect(),
        record_time: Some(timestamp(recorded_at)),
        revision,
        cancellation: cancelled.map(cancelled_shipment),
        completes_order,
    }
}

fn shipped(line: ShippedLine) -> proto::ShipmentLine {
    let ShippedLine { line, level, quantity, ledger_number, completes_line } = line;
    proto::ShipmentLine {
        line_id: line.map(|it| it.to_string()).unwrap_or_default(),
        sku: level.sku.to_string(),
        location: level.location.to_string(),
        quantity: quantity.to_string(),
        ledger_number,
        completes_line,
    }
}
