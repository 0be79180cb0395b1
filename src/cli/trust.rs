use std::path::{Path, PathBuf};

use erpsync_client::Trust;

/// Whom a client trusts over https://, and who it is there.
#[derive(clap::Args)]
pub struct Trusted {
    /// Who certifies the server, in PEM; without it, whoever this machine trusts
    #[arg(long, global = true, value_name = "FILE", env = "ERPSYNC_AUTHORITY")]
    authority: Option<PathBuf>,
    /// A certificate of our own in PEM, where the server asks for one
    #[arg(long, global = true, value_name = "FILE", requires = "key")]
    certificate: Option<PathBuf>,
    /// Its private key in PEM
    #[arg(long, global = true, value_name = "FILE", requires = "certificate")]
    key: Option<PathBuf>,
}

impl Trusted {
    /// As the files say.
    pub fn trust(&self) -> Result<Trust, String> {
        let Trusted { authority, certificate, key } = self;
        let mut trust = Trust::default();
        if let Some(path) = authority {
            trust = trust.authority(read(path)?);
        }
        if let Some((certificate, key)) = certificate.as_ref().zip(key.as_ref()) {
            trust = trust.identity(read(certificate)?, read(key)?);
        }
        Ok(trust)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|it| format!("{}: {it}", path.display()))
}
