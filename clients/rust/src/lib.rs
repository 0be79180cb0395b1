//! The Rust client of erpsync.
//!
//! [`Connection::open`] takes an address and a token; every service of the API is then one call
//! away through its generated client:
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use erpsync_client::{Connection, proto};
//!
//! let erp = Connection::open("http://127.0.0.1:7443", "esk_…").await?;
//! let request = proto::GetServerInfoRequest {};
//! let info = erp.server_info().get_server_info(request).await?.into_inner();
//! # Ok(())
//! # }
//! ```
//!
//! Single calls are said again where that may help, and a `request_id` that is left empty is made.
//! [`Connection::watch`] watches without end, [`Connection::list`] goes through all pages, and
//! [`refusal`] says why a call was refused.

pub mod proto;
mod refusal;
mod lost;
mod tls;
mod waits;
mod identity;
mod calls;
mod deadline;
mod attempts;
mod authorized;
mod connection;
mod services;
mod watch;
mod pages;

pub use authorized::Authorized;
pub use connection::{Connection, OpenError};
pub use pages::{List, Listing};
pub use proto::DESCRIPTORS;
pub use refusal::{Refusal, refusal};
pub use tls::Trust;
pub use watch::{Watch, Watched, Watching};
