//! The first tokens: an empty database would otherwise open for nobody.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::store::{has_operator, next_environment};
use super::{AdminName, CreateEnvironment, CreateSystem, CreateTenant, CreateToken};
use crate::access::{Scope, Secret, SystemKind};
use crate::error::{Refusal, Result};
use crate::id::{Environment, Ids, SystemName, TokenId};
use crate::lanes::{Lane, Lanes};
use crate::postgres::Reads;

const FILE: &str = "tokens.txt";
const ENVIRONMENTS: [&str; 2] = ["production", "staging"];
const SYSTEMS: [(&str, SystemKind); 3] =
    [("erp", SystemKind::Erp), ("shop-a", SystemKind::Shop), ("shop-b", SystemKind::Shop)];

/// Makes the first operator's token if there is none, and with `with_demo` a tenant to play with;
/// writes the tokens into a file that only we may read, and answers its path.
pub async fn first_start(
    lanes: &Lanes,
    reads: &Reads,
    ids: &Ids,
    folder: &Path,
    address: &str,
    is_encrypted: bool,
    with_demo: bool,
) -> Result<Option<PathBuf>> {
    // The operator's token is made last, so that a start that was cut short begins anew.
    if has_operator(reads).await.map_err(Refusal::of_read)? {
        return Ok(None);
    }
    let lane = lanes.of(Environment::OPERATORS);
    let maker = Maker { lane: &lane, ids };
    let mut text =
        String::from("# Who holds one of these tokens is that system. Keep them secret.\n");
    let operator = Secret::random().map_err(Refusal::internal)?;
    if with_demo {
        let tenant = name("demo");
        ignore_taken(lane.run(CreateTenant { name: tenant.clone() }).await)?;
        for environment in ENVIRONMENTS.map(name) {
            let number = next_environment(reads).await.map_err(Refusal::of_read)?;
            let (of, named) = (tenant.clone(), environment.clone());
            ignore_taken(lane.run(CreateEnvironment { tenant: of, name: named, number }).await)?;
            for (system, kind) in SYSTEMS {
                let token = maker.system(&tenant, &environment, system, kind).await?;
                let _ = writeln!(text, "demo/{environment}/{system} {token}");
                if (environment.as_str(), system) == ("production", "erp") {
                    let _ = writeln!(text, "# {}", grpcurl(&token, address, is_encrypted));
                }
            }
        }
    }
    let id = TokenId(ids.next_number());
    let _ = writeln!(text, "operator {}", operator.token(id));
    let path = folder.join(FILE);
    write(&path, &text).map_err(Refusal::internal)?;
    let digest = operator.digest().as_bytes().to_vec();
    let scope = Scope::default();
    lane.run(CreateToken { of: None, expires_at: None, scope, id, digest }).await?;
    Ok(Some(path))
}

struct Maker<'a> {
    lane: &'a Lane,
    ids: &'a Ids,
}

impl Maker<'_> {
    async fn system(
        &self,
        tenant: &AdminName,
        environment: &AdminName,
        system: &str,
        kind: SystemKind,
    ) -> Result<String> {
        let name = SystemName::stored(system);
        let (tenant, environment) = (tenant.clone(), environment.clone());
        let of = Some((tenant.clone(), environment.clone(), name.clone()));
        ignore_taken(self.lane.run(CreateSystem { tenant, environment, name, kind }).await)?;
        let secret = Secret::random().map_err(Refusal::internal)?;
        let (id, digest) = (TokenId(self.ids.next_number()), secret.digest().as_bytes().to_vec());
        let scope = Scope::default();
        self.lane.run(CreateToken { of, expires_at: None, scope, id, digest }).await?;
        Ok(secret.token(id))
    }
}

/// A start that was cut short has left them there.
fn ignore_taken<T>(created: Result<T>) -> Result<()> {
    match created {
        Err(refusal) if refusal.reason != crate::error::Reason::NameInUse => Err(refusal),
        _ => Ok(()),
    }
}

fn name(text: &str) -> AdminName {
    AdminName::stored(text)
}

fn grpcurl(token: &str, address: &str, is_encrypted: bool) -> String {
    let how = if is_encrypted { "" } else { "-plaintext " };
    format!(
        "grpcurl {how}-H 'authorization: Bearer {token}' {address} erpsync.v1.ServerInfoService/GetServerInfo"
    )
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    // A file that is there may be readable by others, and keeps its mode when it is written again.
    match std::fs::remove_file(path) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(cause),
        _ => (),
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
