use tonic::transport::{Certificate, ClientTlsConfig, Endpoint, Error, Identity};

/// Whom to trust where an address begins with `https://`, and who we are there. By itself: whoever this
/// machine trusts, and nobody.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    authority: Option<Certificate>,
    identity: Option<Identity>,
}

impl Trust {
    /// Trusts these authorities alone: one or more certificates in PEM.
    pub fn authority(self, pem: impl AsRef<[u8]>) -> Trust {
        Trust { authority: Some(Certificate::from_pem(pem)), ..self }
    }

    /// Shows this certificate where the server asks for one; it and its key in PEM.
    pub fn identity(self, certificate: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Trust {
        Trust { identity: Some(Identity::from_pem(certificate, key)), ..self }
    }

    /// Over TLS, if the address says so.
    pub(crate) fn applied(&self, endpoint: Endpoint) -> Result<Endpoint, Error> {
        if endpoint.uri().scheme_str() != Some("https") {
            return Ok(endpoint);
        }
        let Trust { authority, identity } = self.clone();
        let tls = ClientTlsConfig::new();
        let tls = match authority {
            Some(authority) => tls.ca_certificate(authority),
            None => tls.with_native_roots(),
        };
        endpoint.tls_config(match identity {
            Some(identity) => tls.identity(identity),
            None => tls,
        })
    }
}
