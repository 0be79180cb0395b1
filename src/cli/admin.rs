use clap::Subcommand;
use erpsync_client::{Connection, proto};
use prost_types::Timestamp;

use super::told;
use crate::id::Ids;

/// What an operator does.
#[derive(clap::Args)]
pub struct Arguments {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:7443", env = "ERPSYNC_ADDRESS")]
    address: String,
    /// An operator's token
    #[arg(long, env = "ERPSYNC_TOKEN", hide_env_values = true)]
    token: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Create a tenant
    CreateTenant { name: String },
    /// List tenants
    Tenants,
    /// Create an environment of a tenant
    CreateEnvironment { tenant: String, name: String },
    /// List environments
    Environments,
    /// Say whether orders of an environment may wait for stock
    SetBackOrders {
        tenant: String,
        environment: String,
        #[arg(action = clap::ArgAction::Set)]
        allowed: bool,
    },
    /// Create a system: an erp, a shop or a tool
    CreateSystem { tenant: String, environment: String, name: String, kind: Kind },
    /// List systems
    Systems,
    /// Create a token of a system and print it, this once
    CreateToken { tenant: String, environment: String, system: String },
    /// List tokens, without their secrets
    Tokens,
    /// Make a token worthless within five seconds
    RevokeToken { token_id: String },
    /// Declare that the database was restored from an older copy
    DeclareRestore,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Kind {
    Erp,
    Shop,
    Tool,
}

/// Does it, through the API.
pub async fn run(arguments: Arguments) -> Result<(), String> {
    let Arguments { address, token, command } = arguments;
    let connection = Connection::open(&address, &token).await.map_err(|it| it.to_string())?;
    let mut admin = connection.admin();
    // A request made by hand is a new one each time.
    let request_id = format!("cli-{}-{}", std::process::id(), Ids::new(0).next_number());
    match command {
        Command::CreateTenant { name } => {
            let request = proto::CreateTenantRequest { request_id, name };
            admin.create_tenant(request).await.map_err(told)?;
        }
        Command::Tenants => {
            let all = admin.list_tenants(proto::ListTenantsRequest {}).await.map_err(told)?;
            let rows = all.into_inner().tenants.into_iter();
            table(["TENANT", "CREATED"], rows.map(|it| [it.name, time(it.create_time)]));
        }
        Command::CreateEnvironment { tenant, name } => {
            let request = proto::CreateEnvironmentRequest { request_id, tenant, name };
            admin.create_environment(request).await.map_err(told)?;
        }
        Command::Environments => {
            let request = proto::ListEnvironmentsRequest {};
            let all = admin.list_environments(request).await.map_err(told)?;
            let rows = all.into_inner().environments.into_iter();
            let rows = rows.map(|it| [it.tenant, it.name, time(it.create_time)]);
            table(["TENANT", "ENVIRONMENT", "CREATED"], rows);
        }
        Command::SetBackOrders { tenant, environment: name, allowed: back_orders_allowed } => {
            let request =
                proto::UpdateEnvironmentRequest { request_id, tenant, name, back_orders_allowed };
            admin.update_environment(request).await.map_err(told)?;
        }
        Command::CreateSystem { tenant, environment, name, kind } => {
            let kind = match kind {
                Kind::Erp => proto::SystemKind::Erp,
                Kind::Shop => proto::SystemKind::Shop,
                Kind::Tool => proto::SystemKind::Tool,
            }
            .into();
            let request =
                proto::CreateSystemRequest { request_id, tenant, environment, name, kind };
            admin.create_system(request).await.map_err(told)?;
        }
        Command::Systems => {
            let all = admin.list_systems(proto::ListSystemsRequest {}).await.map_err(told)?;
            let rows = all.into_inner().systems.into_iter().map(|it| {
                let kind = it.kind().as_str_name().trim_start_matches("SYSTEM_KIND_");
                [it.tenant.clone(), it.environment.clone(), it.name.clone(), kind.to_lowercase()]
            });
            table(["TENANT", "ENVIRONMENT", "SYSTEM", "KIND"], rows);
        }
        Command::CreateToken { tenant, environment, system } => {
            let expire_time = None;
            let request =
                proto::CreateTokenRequest { request_id, tenant, environment, system, expire_time };
            let created = admin.create_token(request).await.map_err(told)?;
            println!("{}", created.into_inner().secret);
        }
        Command::Tokens => {
            let all = admin.list_tokens(proto::ListTokensRequest {}).await.map_err(told)?;
            let rows = all.into_inner().tokens.into_iter().map(|it| {
                let state = if it.revoke_time.is_some() { "revoked" } else { "" };
                [it.token_id, it.tenant, it.environment, it.system, state.into()]
            });
            table(["TOKEN", "TENANT", "ENVIRONMENT", "SYSTEM", "STATE"], rows);
        }
        Command::RevokeToken { token_id } => {
            let request = proto::RevokeTokenRequest { request_id, token_id };
            admin.revoke_token(request).await.map_err(told)?;
        }
        Command::DeclareRestore => {
            let request = proto::DeclareRestoreRequest {};
            let begun = admin.declare_restore(request).await.map_err(told)?;
            println!("incarnation {}", begun.into_inner().incarnation);
        }
    }
    Ok(())
}

fn time(at: Option<Timestamp>) -> String {
    let at = at.and_then(|it| time::OffsetDateTime::from_unix_timestamp(it.seconds).ok());
    at.map(|it| it.to_string()).unwrap_or_default()
}

/// Columns as wide as their widest cell.
fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) {
    let mut all = vec![head.map(str::to_owned)];
    all.extend(rows);
    let width = |nth: usize| all.iter().map(|it| it[nth].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    for row in &all {
        let cells: Vec<_> =
            row.iter().zip(widths).map(|(it, width)| format!("{it:width$}")).collect();
        println!("{}", cells.join("  ").trim_end());
    }
}
