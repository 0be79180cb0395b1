use super::shipments::bad_documents;
use super::{NO_DECIMALS, NUL, Tried, long, message, times, told};
use crate::kit::trade::of_system;
use crate::reservations::cart;

pub async fn check(tried: &mut Tried) {
    let time = |seconds, nanos| prost_types::Duration { seconds, nanos };
    let good = cart("c-9", &[("mug", "1")]);
    let line = good.lines[0].clone();
    let bad = message!(ReservationLine { sku: NUL, location: long(65), quantity: "0" });
    let mut cases = vec![
        (message!(CreateReservationRequest {}), "FIELD_INVALID external_reservation_id lines"),
        (
            message!(CreateReservationRequest {
                external_reservation_id: long(256),
                lines: [bad],
                lifetime: time(9, 999_999_999)
            }),
            "FIELD_INVALID external_reservation_id lines[0].sku lines[0].location \
            lines[0].quantity lifetime",
        ),
        (
            message!(CreateReservationRequest { lines: times(2_001, line.clone()), ..good }),
            "FIELD_INVALID lines",
        ),
        (
            message!(CreateReservationRequest { lines: times(2_000, line.clone()), ..good }),
            "INSUFFICIENT_STOCK",
        ),
        (
            message!(CreateReservationRequest { lifetime: time(604_800, 1), ..good }),
            "FIELD_INVALID lifetime",
        ),
        (
            message!(CreateReservationRequest { lifetime: time(i64::MAX, i32::MIN), ..good }),
            "FIELD_INVALID lifetime",
        ),
        (
            message!(CreateReservationRequest {
                lines: times(2, message!(ReservationLine { quantity: "999999999999", ..line })),
                ..good
            }),
            "NUMBER_OUT_OF_RANGE",
        ),
        (cart("c-9", &[("mug", "1"), ("nowhere", "1")]), "INSUFFICIENT_STOCK"),
    ];
    cases.extend(
        NO_DECIMALS
            .iter()
            .chain(&["-1"])
            .map(|it| (cart("c-9", &[("mug", it)]), "FIELD_INVALID lines[0].quantity")),
    );
    tried
        .table("ReservationService/CreateReservation", cases, async |house, it| {
            told(house.shop.reservations().create_reservation(it).await)
        })
        .await;

    let mut bad = bad_documents("reservation");
    bad.push((of_system("", "c-9"), "NOT_FOUND".into()));
    macro_rules! ends {
        ($method:literal, $call:ident, $name:ident) => {
            let cases = bad.iter().map(|(reservation, expected)| {
                (message!($name { request_id: "r", reservation: reservation.clone() }), &**expected)
            });
            let more = [
                (message!($name { reservation: of_system("", "c-9") }), "REQUEST_ID_REQUIRED"),
                (message!($name { request_id: NUL }), "FIELD_INVALID request_id reservation"),
            ];
            tried
                .table($method, cases.chain(more), async |house, it| {
                    told(house.shop.reservations().$call(it).await)
                })
                .await;
        };
    }
    ends!("ReservationService/ConsumeReservation", consume_reservation, ConsumeReservationRequest);
    ends!("ReservationService/ReleaseReservation", release_reservation, ReleaseReservationRequest);

    let extension = message!(ExtendReservationRequest {
        request_id: "r",
        reservation: of_system("", "c-9"),
        lifetime: time(9, 0)
    });
    let cases = bad.iter().map(|(reservation, expected)| {
        let lifetime = None;
        let request = message!(ExtendReservationRequest {
            reservation: reservation.clone(),
            lifetime: lifetime,
            ..extension
        });
        (request, &**expected)
    });
    let more = [
        (message!(ExtendReservationRequest { request_id: "", ..extension }), "REQUEST_ID_REQUIRED"),
        (
            message!(ExtendReservationRequest {
                request_id: long(65),
                reservation: None,
                ..extension
            }),
            "FIELD_INVALID request_id reservation lifetime",
        ),
    ];
    tried
        .table("ReservationService/ExtendReservation", cases.chain(more), async |house, it| {
            told(house.shop.reservations().extend_reservation(it).await)
        })
        .await;

    let cases = bad.iter().map(|(reservation, expected)| {
        (message!(GetReservationRequest { reservation: reservation.clone() }), &**expected)
    });
    let late = message!(GetReservationRequest {
        reservation: of_system("", "c-9"),
        at_least_revision: -1
    });
    let cases = cases.chain([(late, "FIELD_INVALID at_least_revision")]);
    tried
        .table("ReservationService/GetReservation", cases, async |house, it| {
            told(house.shop.reservations().get_reservation(it).await)
        })
        .await;
}
