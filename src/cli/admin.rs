use std::time::{Duration, SystemTime};

use clap::{Args, Subcommand};
use erpsync_client::{Authorized, proto};
use prost_types::Timestamp;

use super::end::End;
use super::output::{print, table, time};
use super::reach::Reach;

/// What an operator does.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    reach: Reach,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Tenants: merchants
    #[command(subcommand)]
    Tenant(Tenant),
    /// Environments: closed worlds of a tenant
    #[command(subcommand)]
    Environment(Environment),
    /// Systems: the ERP, the shops and the tools of an environment
    #[command(subcommand)]
    System(System),
    /// Tokens of systems, and of operators
    #[command(subcommand)]
    Token(Token),
    /// What follows from a restored database
    #[command(subcommand)]
    Restore(Restore),
}

#[derive(Subcommand)]
enum Tenant {
    /// Create a tenant
    Create { name: String },
    /// List tenants
    List,
}

#[derive(Subcommand)]
enum Environment {
    /// Create an environment of a tenant
    Create { tenant: String, name: String },
    /// List environments, of one tenant or all
    List { tenant: Option<String> },
    /// Say what an environment permits
    Update {
        tenant: String,
        name: String,
        /// Whether orders that allow it may wait for stock
        #[arg(long, action = clap::ArgAction::Set)]
        back_orders_allowed: bool,
        /// Whether more may be shipped than was ordered without an incident; left out: as it is
        #[arg(long, action = clap::ArgAction::Set)]
        over_shipment_tolerated: Option<bool>,
    },
}

#[derive(Subcommand)]
enum System {
    /// Create a system in an environment
    Create { tenant: String, environment: String, name: String, kind: Kind },
    /// List systems, of one tenant, of one of its environments, or all
    List { tenant: Option<String>, environment: Option<String> },
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Erp,
    Shop,
    Tool,
}

#[derive(Subcommand)]
enum Token {
    /// Create a token and print it, this once
    Create {
        #[command(flatten)]
        holder: Holder,
        /// After how many days it ends by itself
        #[arg(long, value_parser = clap::value_parser!(u32).range(1..=36_500))]
        expires_in_days: Option<u32>,
        /// It may only call what changes nothing
        #[arg(long)]
        read_only: bool,
        /// It may only call this, as StockService or StockService/GetStock; may be repeated
        #[arg(long = "call", value_name = "CALL")]
        calls: Vec<String>,
    },
    /// Give a token a new secret and print it, this once; the one before stays good for a while
    Rotate {
        token_id: String,
        /// For how many hours, up to 720
        #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u32).range(..=720))]
        overlap_hours: u32,
    },
    /// List tokens without their secrets, of one tenant, of one of its environments, or all
    List { tenant: Option<String>, environment: Option<String> },
    /// Make a token worthless within five seconds
    Revoke { token_id: String },
}

#[derive(Args)]
struct Holder {
    /// A system: its tenant
    #[arg(required_unless_present = "operator", requires = "environment")]
    tenant: Option<String>,
    /// Its environment
    #[arg(requires = "system")]
    environment: Option<String>,
    /// Its name
    system: Option<String>,
    /// An operator, instead of a system
    #[arg(long, conflicts_with_all = ["tenant", "environment", "system"])]
    operator: bool,
}

#[derive(Subcommand)]
enum Restore {
    /// Declare that the database was restored from an older copy
    Declare,
}

type Admin = proto::admin_service_client::AdminServiceClient<Authorized>;

/// Does it, through the API. Each is a new request: the client makes its id.
pub async fn run(arguments: Arguments) -> Result<(), End> {
    let Arguments { reach, what } = arguments;
    let mut admin = reach.connect().await?.admin();
    match what {
        What::Tenant(Tenant::Create { name }) => {
            let request = proto::CreateTenantRequest { request_id: String::new(), name };
            admin.create_tenant(request).await?;
        }
        What::Tenant(Tenant::List) => list_tenants(admin).await?,
        What::Environment(Environment::Create { tenant, name }) => {
            let request_id = String::new();
            let request = proto::CreateEnvironmentRequest { request_id, tenant, name };
            admin.create_environment(request).await?;
        }
        What::Environment(Environment::List { tenant }) => {
            list_environments(admin, tenant.unwrap_or_default()).await?;
        }
        What::Environment(Environment::Update {
            tenant,
            name,
            back_orders_allowed,
            over_shipment_tolerated,
        }) => {
            let request_id = String::new();
            let request = proto::UpdateEnvironmentRequest {
                request_id,
                tenant,
                name,
                back_orders_allowed,
                over_shipment_tolerated,
            };
            admin.update_environment(request).await?;
        }
        What::System(System::Create { tenant, environment, name, kind }) => {
            let kind = match kind {
                Kind::Erp => proto::SystemKind::Erp,
                Kind::Shop => proto::SystemKind::Shop,
                Kind::Tool => proto::SystemKind::Tool,
            }
            .into();
            let request_id = String::new();
            let request =
                proto::CreateSystemRequest { request_id, tenant, environment, name, kind };
            admin.create_system(request).await?;
        }
        What::System(System::List { tenant, environment }) => {
            list_systems(admin, tenant.unwrap_or_default(), environment.unwrap_or_default())
                .await?;
        }
        What::Token(Token::Create { holder, expires_in_days, read_only, calls }) => {
            let Holder { tenant, environment, system, operator: _ } = holder;
            let expire_time = expires_in_days.map(|it| {
                Timestamp::from(SystemTime::now() + Duration::from_secs(u64::from(it) * 86_400))
            });
            let request = proto::CreateTokenRequest {
                request_id: String::new(),
                tenant: tenant.unwrap_or_default(),
                environment: environment.unwrap_or_default(),
                system: system.unwrap_or_default(),
                expire_time,
                scope: Some(proto::TokenScope { read_only, calls }),
            };
            let created = admin.create_token(request).await?.into_inner();
            let proto::CreateTokenResponse { token, secret, revision: _ } = created;
            // An answer that got lost on its way is repeated without it.
            if secret.is_empty() {
                let token_id = token.unwrap_or_default().token_id;
                return Err(End::Failed(format!(
                    "token {token_id} was made, but its secret got lost: revoke it, and make another"
                )));
            }
            print(&format!("{secret}\n"))?;
        }
        What::Token(Token::Rotate { token_id, overlap_hours }) => {
            let seconds = i64::from(overlap_hours) * 60 * 60;
            let request = proto::RotateTokenRequest {
                request_id: String::new(),
                token_id,
                overlap: Some(prost_types::Duration { seconds, nanos: 0 }),
            };
            let rotated = admin.rotate_token(request).await?.into_inner();
            print(&format!("{}\n", rotated.secret))?;
        }
        What::Token(Token::List { tenant, environment }) => {
            list_tokens(admin, tenant.unwrap_or_default(), environment.unwrap_or_default()).await?;
        }
        What::Token(Token::Revoke { token_id }) => {
            let request = proto::RevokeTokenRequest { request_id: String::new(), token_id };
            admin.revoke_token(request).await?;
        }
        What::Restore(Restore::Declare) => {
            let request = proto::DeclareRestoreRequest { request_id: String::new() };
            let begun = admin.declare_restore(request).await?;
            print(&format!("incarnation {}\n", begun.into_inner().incarnation))?;
        }
    }
    Ok(())
}

async fn list_tenants(mut admin: Admin) -> Result<(), End> {
    let mut rows = Vec::new();
    let mut page_token = String::new();
    loop {
        let request = proto::ListTenantsRequest { page_size: 1_000, page_token };
        let page = admin.list_tenants(request).await?.into_inner();
        rows.extend(page.tenants.into_iter().map(|it| [it.name, time(it.create_time)]));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    table(["TENANT", "CREATED"], rows)
}

async fn list_environments(mut admin: Admin, tenant: String) -> Result<(), End> {
    let mut rows = Vec::new();
    let mut page_token = String::new();
    loop {
        let tenant = tenant.clone();
        let request = proto::ListEnvironmentsRequest { tenant, page_size: 1_000, page_token };
        let page = admin.list_environments(request).await?.into_inner();
        rows.extend(page.environments.into_iter().map(|it| {
            let back_orders = if it.back_orders_allowed { "allowed" } else { "refused" };
            let over_shipment = if it.over_shipment_tolerated { "tolerated" } else { "told" };
            [it.tenant, it.name, back_orders.into(), over_shipment.into(), time(it.create_time)]
        }));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    table(["TENANT", "ENVIRONMENT", "BACK ORDERS", "OVER-SHIPMENT", "CREATED"], rows)
}

async fn list_systems(mut admin: Admin, tenant: String, environment: String) -> Result<(), End> {
    let mut rows = Vec::new();
    let mut request =
        proto::ListSystemsRequest { tenant, environment, page_size: 1_000, ..Default::default() };
    loop {
        let page = admin.list_systems(request.clone()).await?.into_inner();
        rows.extend(page.systems.into_iter().map(|it| {
            let kind = it.kind().as_str_name().trim_start_matches("SYSTEM_KIND_").to_lowercase();
            [it.tenant, it.environment, it.name, kind, time(it.create_time)]
        }));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    table(["TENANT", "ENVIRONMENT", "SYSTEM", "KIND", "CREATED"], rows)
}

async fn list_tokens(mut admin: Admin, tenant: String, environment: String) -> Result<(), End> {
    let mut rows = Vec::new();
    let mut request =
        proto::ListTokensRequest { tenant, environment, page_size: 1_000, ..Default::default() };
    loop {
        let page = admin.list_tokens(request.clone()).await?.into_inner();
        rows.extend(page.tokens.into_iter().map(|it| {
            let system = if it.system.is_empty() { "(operator)".into() } else { it.system };
            let scope = it.scope.unwrap_or_default();
            let may = match (scope.read_only, scope.calls.join(",")) {
                (false, calls) if calls.is_empty() => "all".into(),
                (true, calls) if calls.is_empty() => "read".into(),
                (false, calls) => calls,
                (true, calls) => format!("read {calls}"),
            };
            let state = match (it.revoke_time, it.expire_time) {
                (Some(at), _) => format!("revoked {}", time(Some(at))),
                (None, Some(at)) => format!("until {}", time(Some(at))),
                (None, None) => "good".into(),
            };
            let rotated = match it.previous_secret_expire_time {
                None => String::new(),
                Some(until) => {
                    format!("{}, before good until {}", time(it.rotate_time), time(Some(until)))
                }
            };
            let created = time(it.create_time);
            [it.token_id, it.tenant, it.environment, system, may, created, state, rotated]
        }));
        request.page_token = page.next_page_token;
        if request.page_token.is_empty() {
            break;
        }
    }
    table(
        ["TOKEN", "TENANT", "ENVIRONMENT", "SYSTEM", "MAY CALL", "CREATED", "STATE", "NEW SECRET"],
        rows,
    )
}
