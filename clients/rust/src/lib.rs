//! The Rust client of erpsync.
//!
//! [`Connection::open`] takes an address and a token; every service of the API is then one call
//! away through its generated client:
//!
//! ```ignore
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use erpsync_client::{Connection, proto};
//!
//! let erp = Connection::open("http://127.0.0.1:7443", "esk_…").await?;
//! let request = proto::GetServerInfoRequest {};
//! let info = erp.server_info().get_server_info(request).await?.into_inner();
//! # Ok(())
//! # }
//! ```

mod refusal;
mod tls;

pub use refusal::{Refusal, refusal};
pub use tls::Trust;

use std::time::Duration;

use tonic::metadata::{Ascii, MetadataValue};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};

/// The generated messages and clients.
pub mod proto {
    #![allow(missing_docs, reason = "documented in proto/, for every language at once")]
    // An order is larger than a level; boxing what is read once would save nothing.
    #![allow(clippy::large_enum_variant)]

    tonic::include_proto!("erpsync.v1");
}

/// A channel to one server, in the name of one system.
#[derive(Clone, Debug)]
pub struct Connection {
    channel: Channel,
    token: Token,
}

/// A generated client, as [`Connection`] hands it out.
pub type Authorized = InterceptedService<Channel, Token>;

/// Puts the token into every call.
#[derive(Clone)]
pub struct Token(Option<MetadataValue<Ascii>>);

impl Interceptor for Token {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request.metadata_mut().insert("authorization", token.clone());
        }
        Ok(request)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// What keeps a connection from being opened.
#[derive(Debug)]
pub enum OpenError {
    /// The address is no URI, or nobody answers there.
    Transport(tonic::transport::Error),
    /// The token has characters that no token has.
    Token,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            OpenError::Transport(cause) => write!(f, "cannot reach the server: {cause}"),
            OpenError::Token => f.write_str("this is not a token"),
        }
    }
}

impl std::error::Error for OpenError {}

impl From<tonic::transport::Error> for OpenError {
    fn from(cause: tonic::transport::Error) -> Self {
        OpenError::Transport(cause)
    }
}

impl Connection {
    /// Connects to `http://host:port` or `https://host:port` with a token; an empty token sends none.
    pub async fn open(address: &str, token: &str) -> Result<Connection, OpenError> {
        Connection::open_trusting(address, token, &Trust::default()).await
    }

    /// The same, with a say in whom to trust over `https://`.
    pub async fn open_trusting(
        address: &str,
        token: &str,
        trust: &Trust,
    ) -> Result<Connection, OpenError> {
        let endpoint = Endpoint::from_shared(address.to_owned())?
            .connect_timeout(Duration::from_secs(5))
            .http2_keep_alive_interval(Duration::from_secs(20))
            .keep_alive_while_idle(true)
            .tcp_nodelay(true);
        Connection::over(trust.applied(endpoint)?.connect().await?, token)
    }

    /// The same channel in the name of another system.
    pub fn with_token(&self, token: &str) -> Result<Connection, OpenError> {
        Connection::over(self.channel.clone(), token)
    }

    /// The same token at another address, where the server is now.
    pub async fn moved(&self, address: &str) -> Result<Connection, OpenError> {
        Ok(Connection { token: self.token.clone(), ..Connection::open(address, "").await? })
    }

    fn over(channel: Channel, token: &str) -> Result<Connection, OpenError> {
        let token = match token {
            "" => None,
            token => Some(format!("Bearer {token}").parse().map_err(|_| OpenError::Token)?),
        };
        Ok(Connection { channel, token: Token(token) })
    }
}

/// Answers are at most 1 MiB by contract; the room above is for parts that cannot be split.
const ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

macro_rules! services {
    ($($method:ident: $module:ident::$client:ident;)+) => {
        impl Connection {
            $(
                /// A client of this service; cheap to make, shares the channel.
                pub fn $method(&self) -> proto::$module::$client<Authorized> {
                    proto::$module::$client::with_interceptor(
                        self.channel.clone(),
                        self.token.clone(),
                    )
                    .max_decoding_message_size(ANSWER_BYTES_MAX)
                }
            )+
        }
    };
}

services! {
    admin: admin_service_client::AdminServiceClient;
    changes: change_service_client::ChangeServiceClient;
    server_info: server_info_service_client::ServerInfoServiceClient;
    ownership: ownership_service_client::OwnershipServiceClient;
    stock: stock_service_client::StockServiceClient;
    reservations: reservation_service_client::ReservationServiceClient;
    compositions: composition_service_client::CompositionServiceClient;
    orders: order_service_client::OrderServiceClient;
    inbox: inbox_service_client::InboxServiceClient;
    shipments: shipment_service_client::ShipmentServiceClient;
    invoices: invoice_service_client::InvoiceServiceClient;
    payments: payment_service_client::PaymentServiceClient;
    returns: return_service_client::ReturnServiceClient;
    credit_notes: credit_note_service_client::CreditNoteServiceClient;
    parking: parking_service_client::ParkingServiceClient;
    monitoring: monitoring_service_client::MonitoringServiceClient;
}
