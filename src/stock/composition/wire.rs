use super::model::{Composition, Declared, PARTS_MAX, Parts};
use crate::decimal::Decimal;
use crate::error::{Faults, Result};
use crate::id::{RequestId, Sku};
use crate::proto;
use crate::stock::wire::{not_negative, number_of_rows};
use crate::wire;

pub fn declared(
    request: proto::SetCompositionsRequest,
) -> Result<(RequestId, Vec<Result<Declared>>)> {
    let proto::SetCompositionsRequest { request_id, compositions } = request;
    let id = wire::request_id(&request_id)?;
    number_of_rows("compositions", compositions.len())?;
    Ok((id, (0..).zip(compositions).map(|(nth, it)| row(nth, it)).collect()))
}

fn row(nth: usize, row: proto::CompositionStatement) -> Result<Declared> {
    let proto::CompositionStatement { sku, parts, source_epoch, source_version } = row;
    let at = |field| wire::FieldPath { rows: &"compositions", nth, field };
    let mut faults = Faults::default();
    let sku = faults.take(at("sku"), Sku::parse(&sku));
    if PARTS_MAX < parts.len() {
        faults.push(at("parts"), format!("must have at most {PARTS_MAX} entries"));
    }
    let mut read = Parts::new();
    for (place, part) in parts.into_iter().take(PARTS_MAX).enumerate() {
        let parts = at("parts");
        let at = |field| wire::FieldPath { rows: &parts, nth: place, field };
        let proto::CompositionPart { sku: part, quantity } = part;
        let part = faults.take(at("sku"), Sku::parse(&part));
        let quantity = Decimal::parse(&quantity).and_then(|it| {
            if it.is_positive() { Ok(it) } else { Err("must be more than 0".into()) }
        });
        let quantity = faults.take(at("quantity"), quantity);
        if part.is_some() && part == sku {
            faults.push(at("sku"), "must be another article: nothing is made of itself");
        }
        if let (Some(part), Some(quantity)) = (part, quantity)
            && read.insert(part, quantity).is_some()
        {
            faults.push(at("sku"), "must be named once, with all that is in one unit");
        }
    }
    let epoch = faults.take(at("source_epoch"), not_negative(source_epoch));
    let version = faults.take(at("source_version"), not_negative(source_version));
    wire::all(faults, || {
        Some(Declared { sku: sku?, parts: read, epoch: epoch?, version: version? })
    })
}

pub fn composition(composition: Composition) -> proto::Composition {
    let parts = composition.now();
    let part = |(sku, each): (&Sku, Decimal)| proto::CompositionPart {
        sku: sku.to_string(),
        quantity: each.to_string(),
    };
    let parts = parts.map(part).collect();
    let Composition { sku, parts: _, epoch, version, revision } = composition;
    proto::Composition {
        sku: sku.to_string(),
        parts,
        source_epoch: epoch,
        source_version: version,
        revision,
    }
}
