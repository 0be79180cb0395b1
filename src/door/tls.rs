use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::WebPkiClientVerifier;
use tokio_rustls::rustls::{Error, RootCertStore, ServerConfig};
use tokio_util::sync::CancellationToken;

use crate::config::Tls;

/// How soon new files are found by themselves.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// The server's certificate, as the files have it. Each new connection gets the newest that was good;
/// connections that are there keep theirs.
pub struct Certificates {
    files: Tls,
    state: Mutex<State>,
}

struct State {
    /// What was read last, good or not.
    read: Vec<Vec<u8>>,
    /// From what was good.
    acceptor: TlsAcceptor,
}

impl Certificates {
    /// Reads the files for the first time.
    pub fn read(files: Tls) -> Result<Certificates, String> {
        let read = contents(&files)?;
        let acceptor = acceptor(&files, &read)?;
        Ok(Certificates { files, state: Mutex::new(State { read, acceptor }) })
    }

    /// Makes TLS of the next connection.
    pub fn acceptor(&self) -> TlsAcceptor {
        self.state().acceptor.clone()
    }

    /// Reads the files again. What is no good is logged once, and what was good before goes on.
    pub fn read_again(&self) {
        let certificate = self.files.certificate.display();
        let read = match contents(&self.files) {
            Ok(read) => read,
            Err(cause) => {
                // Half of a change maybe: the next look may find the rest.
                tracing::warn!(cause, "the certificate stays as it was: {cause}");
                return;
            }
        };
        let mut state = self.state();
        if state.read == read {
            return;
        }
        match acceptor(&self.files, &read) {
            Ok(acceptor) => {
                state.acceptor = acceptor;
                tracing::info!("new connections get the new certificate of {certificate}");
            }
            Err(cause) => {
                tracing::error!(cause, "the certificate stays as it was: {cause}");
            }
        }
        state.read = read;
    }

    /// Looks for new files until told to stop.
    pub async fn follow(self: Arc<Self>, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await.is_some() {
            let certificates = self.clone();
            // Files are read by a thread that may wait.
            let looked = tokio::task::spawn_blocking(move || certificates.read_again()).await;
            if let Err(cause) = looked {
                tracing::error!(%cause, "nobody looks for new certificates: {cause}");
                return;
            }
        }
    }

    /// Nothing panics while holding it.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn paths(Tls { certificate, key, client_authority }: &Tls) -> impl Iterator<Item = &PathBuf> {
    [certificate, key].into_iter().chain(client_authority)
}

/// What is in the files, in their order.
fn contents(files: &Tls) -> Result<Vec<Vec<u8>>, String> {
    let read = |it: &PathBuf| std::fs::read(it).map_err(|cause| at(it, cause));
    paths(files).map(read).collect()
}

/// TLS 1.2 and 1.3 with these certificates; both versions of HTTP are offered.
fn acceptor(files: &Tls, read: &[Vec<u8>]) -> Result<TlsAcceptor, String> {
    let [certificate, key, rest @ ..] = read else { return Err("no certificate".into()) };
    let chain = certificates(&files.certificate, certificate)?;
    let key = PrivateKeyDer::from_pem_slice(key)
        .map_err(|it| at(&files.key, format!("no private key in PEM: {it}")))?;
    let provider = Arc::new(ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(|it| it.to_string())?;
    let config = match (&files.client_authority, rest) {
        (Some(path), [authority]) => {
            let mut roots = RootCertStore::empty();
            for root in certificates(path, authority)? {
                roots.add(root).map_err(|it| at(path, it))?;
            }
            let verifier = WebPkiClientVerifier::builder_with_provider(roots.into(), provider);
            config.with_client_cert_verifier(verifier.build().map_err(|it| at(path, it))?)
        }
        _ => config.with_no_client_auth(),
    };
    let mut config = config.with_single_cert(chain, key).map_err(|it| match it {
        Error::InconsistentKeys(_) => {
            let certificate = files.certificate.display();
            at(&files.key, format!("not the key of the certificate in {certificate}"))
        }
        other => at(&files.certificate, other),
    })?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn certificates(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match all {
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) => Err(at(path, "no certificate in PEM")),
        Err(cause) => Err(at(path, format!("no certificate in PEM: {cause}"))),
    }
}

fn at(path: &Path, cause: impl std::fmt::Display) -> String {
    format!("{}: {cause}", path.display())
}

/// An error of a connection, as it came from TLS.
pub fn is_of_certificates(cause: &io::Error) -> bool {
    let of_tls = cause.get_ref().and_then(|it| it.downcast_ref::<Error>());
    matches!(of_tls, Some(Error::InvalidCertificate(_) | Error::NoCertificatesPresented))
}
