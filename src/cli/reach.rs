use clap::Args;
use erpsync_client::Connection;

use super::end::End;
use super::trust::Trusted;

/// Which server, and in whose name.
#[derive(Args)]
#[command(next_help_heading = "Server")]
pub struct Reach {
    /// The server
    #[arg(
        long,
        global = true,
        value_name = "URL",
        default_value = "http://127.0.0.1:7443",
        env = "ERPSYNC_ADDRESS"
    )]
    address: String,
    /// A token of the system in whose name to call
    #[arg(long, global = true, env = "ERPSYNC_TOKEN", hide_env_values = true)]
    token: Option<String>,
    #[command(flatten)]
    trust: Trusted,
}

impl Reach {
    /// Connects.
    pub async fn connect(&self) -> Result<Connection, End> {
        let Reach { address, token, trust } = self;
        let token = token.as_deref().map(str::trim).unwrap_or_default();
        if token.is_empty() {
            return Err(End::Usage("there is no token: set ERPSYNC_TOKEN, or give --token".into()));
        }
        if !["http://", "https://"].iter().any(|it| address.starts_with(it)) {
            return Err(End::Usage(format!(
                "--address must be like http://127.0.0.1:7443, and is {address}"
            )));
        }
        let trust = trust.trust().map_err(End::Usage)?;
        let opened = Connection::open_trusting(address, token, &trust).await;
        opened.map_err(|it| End::Failed(format!("{address}: {it}")))
    }
}
