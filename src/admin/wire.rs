use time::OffsetDateTime;

use super::{
    AdminName, CreateEnvironment, CreateSystem, CreateTenant, CreateToken, RevokeToken,
    RotateToken, Settings, System, Tenant, Token, UpdateSettings, World, WorldKey,
};
use crate::access::{Scope, SystemKind};
use crate::error::{Faults, Refusal, Result};
use crate::id::{Environment, RequestId, SystemName, TokenId};
use crate::proto;
use crate::wire::{self, timestamp};

/// For how many seconds the secret of before stays good, if nobody says; and at most.
const OVERLAP: u64 = 24 * 60 * 60;
const OVERLAP_MAX: u64 = 30 * OVERLAP;

/// A command, and the identity under which it is said.
type Named<C> = (RequestId, C);

pub fn create_tenant(request: proto::CreateTenantRequest) -> Result<Named<CreateTenant>> {
    let proto::CreateTenantRequest { request_id, name } = request;
    let mut faults = Faults::default();
    let id = wire::take_request_id(&mut faults, &request_id)?;
    let name = faults.take("name", AdminName::parse(&name));
    wire::all(faults, || Some((id?, CreateTenant { name: name? })))
}

pub fn create_environment(
    request: proto::CreateEnvironmentRequest,
    number: Environment,
) -> Result<Named<CreateEnvironment>> {
    let proto::CreateEnvironmentRequest { request_id, tenant, name } = request;
    let mut faults = Faults::default();
    let id = wire::take_request_id(&mut faults, &request_id)?;
    let tenant = faults.take("tenant", AdminName::parse(&tenant));
    let name = faults.take("name", AdminName::parse(&name));
    wire::all(faults, || Some((id?, CreateEnvironment { tenant: tenant?, name: name?, number })))
}

/// Which environment by its names, and the command for its lane.
pub fn update_environment(
    request: proto::UpdateEnvironmentRequest,
) -> Result<(AdminName, AdminName, Named<UpdateSettings>)> {
    let proto::UpdateEnvironmentRequest {
        request_id,
        tenant,
        name,
        back_orders_allowed,
        over_shipment_tolerated,
    } = request;
    let mut faults = Faults::default();
    let id = wire::take_request_id(&mut faults, &request_id)?;
    let tenant = faults.take("tenant", AdminName::parse(&tenant));
    let name = faults.take("name", AdminName::parse(&name));
    let update = UpdateSettings { back_orders_allowed, over_shipment_tolerated };
    wire::all(faults, || Some((tenant?, name?, (id?, update))))
}

pub fn create_system(request: proto::CreateSystemRequest) -> Result<Named<CreateSystem>> {
    let given = request.kind();
    let proto::CreateSystemRequest { request_id, tenant, environment, name, kind } = request;
    let mut faults = Faults::default();
    let id = wire::take_request_id(&mut faults, &request_id)?;
    let tenant = faults.take("tenant", AdminName::parse(&tenant));
    let environment = faults.take("environment", AdminName::parse(&environment));
    // A system's name stands in keys and files, so it is as plain as the others.
    let name = faults.take("name", AdminName::parse(&name));
    let known = proto::SystemKind::try_from(kind).is_ok();
    let kind = match given {
        proto::SystemKind::Erp => Some(SystemKind::Erp),
        proto::SystemKind::Shop => Some(SystemKind::Shop),
        proto::SystemKind::Tool => Some(SystemKind::Tool),
        proto::SystemKind::Unspecified | proto::SystemKind::Operator => {
            let what = if known { "must be ERP, SHOP or TOOL" } else { "is not a kind we know" };
            faults.push("kind", what);
            None
        }
    };
    wire::all(faults, || {
        let name = SystemName::stored(name?.as_str());
        Some((id?, CreateSystem { tenant: tenant?, environment: environment?, name, kind: kind? }))
    })
}

pub fn create_token(
    request: proto::CreateTokenRequest,
    id: TokenId,
    digest: Vec<u8>,
) -> Result<Named<CreateToken>> {
    let proto::CreateTokenRequest { request_id, tenant, environment, system, expire_time, scope } =
        request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let of = if [&tenant, &environment, &system].iter().all(|it| it.is_empty()) {
        Some(None)
    } else {
        let tenant = faults.take("tenant", AdminName::parse(&tenant));
        let environment = faults.take("environment", AdminName::parse(&environment));
        let system = faults.take("system", SystemName::parse(&system));
        (|| Some(Some((tenant?, environment?, system?))))()
    };
    let expires_at = expire_time.and_then(|it| faults.take("expire_time", wire::parse_instant(it)));
    let proto::TokenScope { read_only, calls } = scope.unwrap_or_default();
    let scope = Scope::parse(&mut faults, "scope", read_only, calls);
    wire::all(faults, || {
        Some((request_id?, CreateToken { of: of?, expires_at, scope, id, digest }))
    })
}

pub fn rotate_token(
    request: proto::RotateTokenRequest,
    digest: Vec<u8>,
) -> Result<Named<RotateToken>> {
    let proto::RotateTokenRequest { request_id, token_id, overlap } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let id = faults.take("token_id", TokenId::parse(&token_id));
    let overlap = wire::duration(&mut faults, "overlap", overlap, OVERLAP, 0, OVERLAP_MAX);
    wire::all(faults, || Some((request_id?, RotateToken { id: id?, overlap, digest })))
}

pub fn revoke_token(request: proto::RevokeTokenRequest) -> Result<Named<RevokeToken>> {
    let proto::RevokeTokenRequest { request_id, token_id } = request;
    let mut faults = Faults::default();
    let request_id = wire::take_request_id(&mut faults, &request_id)?;
    let id = faults.take("token_id", TokenId::parse(&token_id));
    wire::all(faults, || Some((request_id?, RevokeToken { id: id? })))
}

/// What was answered as microseconds, as a time again.
pub fn created(micros: i64) -> Result<OffsetDateTime> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).map_err(Refusal::internal)
}

pub fn tenant(Tenant { name, created_at }: &Tenant) -> proto::Tenant {
    proto::Tenant { name: name.to_string(), create_time: Some(timestamp(*created_at)) }
}

pub fn environment(
    World { key, created_at, number: _ }: &World,
    settings: &Settings,
) -> proto::EnvironmentInfo {
    proto::EnvironmentInfo {
        tenant: key.tenant.to_string(),
        name: key.name.to_string(),
        create_time: Some(timestamp(*created_at)),
        back_orders_allowed: settings.back_orders_allowed,
        over_shipment_tolerated: settings.over_shipment_tolerated,
    }
}

pub fn system(System { key, kind, created_at }: &System, of: &WorldKey) -> proto::SystemInfo {
    proto::SystemInfo {
        tenant: of.tenant.to_string(),
        environment: of.name.to_string(),
        name: key.name.to_string(),
        kind: system_kind(*kind).into(),
        create_time: Some(timestamp(*created_at)),
    }
}

/// A kind on the wire.
pub fn system_kind(kind: SystemKind) -> proto::SystemKind {
    match kind {
        SystemKind::Erp => proto::SystemKind::Erp,
        SystemKind::Shop => proto::SystemKind::Shop,
        SystemKind::Tool => proto::SystemKind::Tool,
        SystemKind::Operator => proto::SystemKind::Operator,
    }
}

pub fn token((token, of): &(Token, Option<WorldKey>)) -> proto::TokenInfo {
    let name = |pick: fn(&WorldKey) -> &AdminName| of.as_ref().map(|it| pick(it).to_string());
    proto::TokenInfo {
        token_id: token.id.to_string(),
        tenant: name(|it| &it.tenant).unwrap_or_default(),
        environment: name(|it| &it.name).unwrap_or_default(),
        system: if of.is_some() { token.system.to_string() } else { String::new() },
        create_time: Some(timestamp(token.created_at)),
        expire_time: token.expires_at.map(timestamp),
        revoke_time: token.revoked_at.map(timestamp),
        scope: scope(&token.scope),
        rotate_time: token.rotated_at.map(timestamp),
        previous_secret_expire_time: token.previous.as_ref().map(|it| timestamp(it.until)),
    }
}

/// A scope on the wire; nothing where it is all.
pub fn scope(of: &Scope) -> Option<proto::TokenScope> {
    let Scope { read_only, calls } = of.clone();
    (!of.is_whole()).then_some(proto::TokenScope { read_only, calls })
}

/// What a list is narrowed to: a name, or empty for all.
pub fn only(faults: &mut Faults, path: &str, text: String) -> String {
    if !text.is_empty() {
        faults.take(path, AdminName::parse(&text));
    }
    text
}
