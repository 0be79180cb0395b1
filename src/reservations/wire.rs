use std::time::Duration;

use super::{Asked, By, Consume, Extend, Hold, Line, Release, Reservation, State};
use crate::access::{Caller, SystemKind};
use crate::books::{NameKind, Named};
use crate::error::{Faults, Result};
use crate::id::{ExternalId, Location, RequestId, ReservationId, Sku};
use crate::proto;
use crate::stock::ServeBackOrders;
use crate::wire::{self, document, timestamp};

/// The longest time for which units can be held at once.
pub const LIFETIME_SECONDS_MAX: u64 = 7 * 24 * 60 * 60;
const LIFETIME_SECONDS_MIN: u64 = 10;
const LIFETIME_SECONDS_DEFAULT: u64 = 15 * 60;

pub fn hold(
    request: proto::CreateReservationRequest,
    caller: Caller,
    id: ReservationId,
) -> Result<Hold> {
    let proto::CreateReservationRequest { external_reservation_id, lines, lifetime } = request;
    let mut faults = Faults::default();
    let external_id =
        faults.take("external_reservation_id", ExternalId::parse(&external_reservation_id));
    let lines = wire::lines(&mut faults, lines, line);
    let lifetime = self::lifetime(&mut faults, lifetime);
    let system = caller.system;
    wire::all(faults, || Some(Hold { id, system, external_id: external_id?, lines, lifetime }))
}

fn line(faults: &mut Faults, at: wire::At<'_>, line: proto::ReservationLine) -> Option<Asked> {
    let proto::ReservationLine { sku, location, quantity } = line;
    let sku = faults.take(at("sku"), Sku::parse(&sku));
    let location = wire::given(faults, at("location"), &location, Location::parse);
    let quantity = faults.take(at("quantity"), document::positive(&quantity));
    Some(Asked { sku: sku?, location, quantity: quantity? })
}

fn lifetime(faults: &mut Faults, given: Option<prost_types::Duration>) -> Duration {
    let (from, to) = (LIFETIME_SECONDS_MIN, LIFETIME_SECONDS_MAX);
    wire::duration(faults, "lifetime", given, LIFETIME_SECONDS_DEFAULT, from, to)
}

pub fn consume(
    request: proto::ConsumeReservationRequest,
    caller: &Caller,
) -> Result<(RequestId, Consume)> {
    let proto::ConsumeReservationRequest { request_id, reservation } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let reservation = named(&mut faults, reservation, caller);
    let by = by(caller);
    wire::all(faults, || Some((request_id?, Consume { reservation: reservation?, by })))
}

pub fn release(
    request: proto::ReleaseReservationRequest,
    caller: &Caller,
    back_orders: &'static dyn ServeBackOrders,
) -> Result<(RequestId, Release)> {
    let proto::ReleaseReservationRequest { request_id, reservation } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let reservation = named(&mut faults, reservation, caller);
    let by = by(caller);
    wire::all(faults, || {
        Some((request_id?, Release { reservation: reservation?, by, back_orders }))
    })
}

pub fn extend(
    request: proto::ExtendReservationRequest,
    caller: &Caller,
) -> Result<(RequestId, Extend)> {
    let proto::ExtendReservationRequest { request_id, reservation, lifetime } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let reservation = named(&mut faults, reservation, caller);
    let lifetime = self::lifetime(&mut faults, lifetime);
    let by = by(caller);
    wire::all(faults, || Some((request_id?, Extend { reservation: reservation?, by, lifetime })))
}

fn named(
    faults: &mut Faults,
    reservation: Option<proto::DocumentReference>,
    caller: &Caller,
) -> Option<Named> {
    let kind = NameKind::Reservation;
    wire::document_named(faults, "reservation", reservation, &caller.system, kind)
}

/// A shop acts on its own reservations alone.
fn by(caller: &Caller) -> By {
    By { system: caller.system.clone(), only_own: caller.kind == SystemKind::Shop }
}

/// As it is told.
pub fn told(reservation: Reservation) -> proto::Reservation {
    let Reservation { id, system, external_id, lines, created_at, until, state, revision } =
        reservation;
    let line = |Line { level, quantity }| proto::ReservationLine {
        sku: level.sku.to_string(),
        location: level.location.to_string(),
        quantity: quantity.to_string(),
    };
    let (told, ended_at, ended_by, order) = match state {
        State::Held => (proto::ReservationState::Held, None, None, None),
        State::Consumed { end, order } => {
            (proto::ReservationState::Consumed, Some(end.at), Some(end.by), order)
        }
        State::Released(end) => {
            (proto::ReservationState::Released, Some(end.at), Some(end.by), None)
        }
        State::Expired => (proto::ReservationState::Expired, Some(until), None, None),
    };
    proto::Reservation {
        reservation_id: id.to_string(),
        system: system.to_string(),
        external_reservation_id: external_id.to_string(),
        state: told.into(),
        lines: lines.into_iter().map(line).collect(),
        create_time: Some(timestamp(created_at)),
        expire_time: Some(timestamp(until)),
        end_time: ended_at.map(timestamp),
        ended_by: ended_by.map(|it| it.to_string()).unwrap_or_default(),
        order_id: order.map(|it| it.to_string()).unwrap_or_default(),
        revision,
    }
}
