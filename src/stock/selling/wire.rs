use super::{Article, Assignment, Buffer, BufferKey, Sale, Seen, Sellability};
use crate::access::{Caller, SystemKind};
use crate::decimal::Decimal;
use crate::error::{Faults, Refusal, Result};
use crate::id::{Location, RequestId, Sku, SystemName};
use crate::proto;
use crate::stock::wire::{level, not_negative, number_of_rows};
use crate::wire::{self, parse_instant, timestamp};

const LOCATIONS_MAX: usize = 100;

pub fn assignments(
    request: proto::AssignLocationsRequest,
) -> Result<(RequestId, Vec<Result<Assignment>>)> {
    let proto::AssignLocationsRequest { request_id, assignments } = request;
    let id = wire::request_id(&request_id)?;
    number_of_rows("assignments", assignments.len())?;
    Ok((id, (0..).zip(assignments).map(|(nth, it)| assignment(nth, it)).collect()))
}

fn assignment(nth: usize, row: proto::StockAssignment) -> Result<Assignment> {
    let proto::StockAssignment { shop, locations: told, revision } = row;
    let at = |field| wire::FieldPath { rows: &"assignments", nth, field };
    let mut faults = Faults::default();
    ours_alone(&mut faults, at("revision"), revision);
    let shop = faults.take(at("shop"), SystemName::parse(&shop));
    if LOCATIONS_MAX < told.len() {
        faults.push(at("locations"), format!("must have at most {LOCATIONS_MAX} entries"));
    }
    let mut locations = Vec::new();
    for (place, location) in told.iter().take(LOCATIONS_MAX).enumerate() {
        let path = format!("{}[{place}]", at("locations"));
        let Some(location) = faults.take(path.clone(), Location::parse(location)) else { continue };
        if locations.contains(&location) {
            faults.push(path, "must be named once");
        }
        locations.push(location);
    }
    wire::all(faults, || Some(Assignment { shop: shop?, locations, revision: 0 }))
}

pub fn buffers(request: proto::SetBuffersRequest) -> Result<(RequestId, Vec<Result<Buffer>>)> {
    let proto::SetBuffersRequest { request_id, buffers } = request;
    let id = wire::request_id(&request_id)?;
    number_of_rows("buffers", buffers.len())?;
    Ok((id, (0..).zip(buffers).map(|(nth, it)| buffer(nth, it)).collect()))
}

fn buffer(nth: usize, row: proto::StockBuffer) -> Result<Buffer> {
    let proto::StockBuffer { shop, sku, location, units, revision } = row;
    let at = |field| wire::FieldPath { rows: &"buffers", nth, field };
    let mut faults = Faults::default();
    ours_alone(&mut faults, at("revision"), revision);
    let shop = faults.take(at("shop"), SystemName::parse(&shop));
    let sku = faults.take(at("sku"), Sku::parse(&sku));
    let location = wire::given(&mut faults, at("location"), &location, Location::parse);
    let units = wire::given(&mut faults, at("units"), &units, |it| {
        let units = Decimal::parse(it)?;
        if units.is_negative() { Err("must not be negative".into()) } else { Ok(units) }
    });
    wire::all(faults, || {
        let key = BufferKey { shop: shop?, sku: sku?, location };
        Some(Buffer { key, units, revision: 0 })
    })
}

pub fn articles(request: proto::SetSellabilityRequest) -> Result<Vec<Result<Article>>> {
    let proto::SetSellabilityRequest { articles } = request;
    number_of_rows("articles", articles.len())?;
    Ok((0..).zip(articles).map(|(nth, it)| article(nth, it)).collect())
}

fn article(nth: usize, row: proto::Sellability) -> Result<Article> {
    let proto::Sellability {
        sku,
        source_epoch,
        source_version,
        blocked,
        closed_out,
        from_time,
        until_time,
        sale,
        revision,
    } = row;
    let at = |field| wire::FieldPath { rows: &"articles", nth, field };
    let mut faults = Faults::default();
    ours_alone(&mut faults, at("sale"), sale.into());
    ours_alone(&mut faults, at("revision"), revision);
    let sku = faults.take(at("sku"), Sku::parse(&sku));
    let epoch = faults.take(at("source_epoch"), not_negative(source_epoch));
    if source_version < 1 {
        faults.push(at("source_version"), "must be more than zero, and rise with each change");
    }
    let from = from_time.and_then(|it| faults.take(at("from_time"), parse_instant(it)));
    let until = until_time.and_then(|it| faults.take(at("until_time"), parse_instant(it)));
    if from.zip(until).is_some_and(|(from, until)| until <= from) {
        faults.push(at("until_time"), "must be later than from_time");
    }
    wire::all(faults, || {
        let (sku, epoch, version) = (sku?, epoch?, source_version);
        Some(Article { sku, epoch, version, blocked, closed_out, from, until })
    })
}

/// What erpsync tells, and is never told.
fn ours_alone(faults: &mut Faults, path: impl Into<String>, given: i64) {
    if given != 0 {
        faults.push(path, "must be empty: it follows, and is only told in answers");
    }
}

/// Whose rows are listed: a shop's own alone, else those of the one that is named, or all.
pub fn whose(caller: &Caller, shop: &str) -> Result<Option<SystemName>> {
    let named = match shop {
        "" => None,
        shop => Some(SystemName::parse(shop).map_err(|it| Refusal::field("shop", it))?),
    };
    match (caller.kind == SystemKind::Shop, named) {
        (true, Some(named)) if named != caller.system => Err(Refusal::not_found("shop", named)),
        (true, _) => Ok(Some(caller.system.clone())),
        (false, named) => Ok(named),
    }
}

/// A buffer's key as the log and page tokens write it.
pub fn buffer_key(text: &str) -> Option<BufferKey> {
    let mut parts = text.split(crate::books::KEY_JOINT);
    let (shop, sku, location) = (parts.next()?, parts.next()?, parts.next()?);
    let location = (!location.is_empty()).then(|| Location::stored(location));
    Some(BufferKey { shop: SystemName::stored(shop), sku: Sku::stored(sku), location })
}

/// As it is told.
pub fn told_assignment(assignment: Assignment) -> proto::StockAssignment {
    let Assignment { shop, locations, revision } = assignment;
    let locations = locations.iter().map(Location::to_string).collect();
    proto::StockAssignment { shop: shop.to_string(), locations, revision }
}

/// As it is told.
pub fn told_buffer(buffer: Buffer) -> proto::StockBuffer {
    let Buffer { key: BufferKey { shop, sku, location }, units, revision } = buffer;
    proto::StockBuffer {
        shop: shop.to_string(),
        sku: sku.to_string(),
        location: location.map(|it| it.to_string()).unwrap_or_default(),
        units: units.map(|it| it.to_string()).unwrap_or_default(),
        revision,
    }
}

/// As it is told.
pub fn told_article(sellability: Sellability) -> proto::Sellability {
    let Sellability { said, sale, revision } = sellability;
    let Article { sku, epoch, version, blocked, closed_out, from, until } = said;
    proto::Sellability {
        sku: sku.to_string(),
        source_epoch: epoch,
        source_version: version,
        blocked,
        closed_out,
        from_time: from.map(timestamp),
        until_time: until.map(timestamp),
        sale: told_sale(sale).into(),
        revision,
    }
}

fn told_sale(sale: Sale) -> proto::Sale {
    match sale {
        Sale::Open => proto::Sale::Open,
        Sale::ClosedOut => proto::Sale::ClosedOut,
        Sale::NotYet => proto::Sale::NotYet,
        Sale::Ended => proto::Sale::Ended,
        Sale::Blocked => proto::Sale::Blocked,
    }
}

/// A level as whoever looks at it is told it.
pub fn told(seen: Seen) -> proto::StockLevel {
    let (sellable, Seen { level: there, buffer, sale, revision }) = (seen.sellable(), seen);
    let mut told = level(there);
    told.revision = revision;
    through(&mut told, sale, sellable, buffer);
    told
}

/// What a shop is told beside what is so.
pub fn through(
    level: &mut proto::StockLevel,
    sale: Option<Sale>,
    sellable: Decimal,
    buffer: Option<Decimal>,
) {
    let Some(sale) = sale else { return };
    let sellable = if sale.is_on() { sellable } else { Decimal::ZERO };
    level.sellable = sellable.to_string();
    level.buffer = buffer.unwrap_or_default().to_string();
    level.sale = told_sale(sale).into();
}
