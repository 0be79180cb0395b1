//! What tests need: one private cluster for the whole binary, and for each test a database of its
//! own with a server in front of it.

mod attempts;
mod certificates;
mod cluster;
mod door;
pub mod frames;
mod house;
mod http;
mod process;
pub mod trade;
mod waits;

pub use attempts::{attempts, count_attempts};
pub use certificates::{Authority, Certified};
pub use cluster::{copy_of, database};
pub use door::{Door, reason, signed};
pub use house::{House, PAGE, address, config, create_token, request_id, serve, serve_behind};
pub use http::{Framed, Heard, Http, asked, post};
pub use process::{Folder, Process, gone, signal};
pub use waits::{Awaited, hold_lanes, until, until_waiting};

use std::collections::BTreeSet;

use prost::Message as _;

/// Every call of the API, from the descriptors: `StockService/SetStock`.
pub fn methods() -> BTreeSet<String> {
    let all = prost_types::FileDescriptorSet::decode(erpsync::proto::DESCRIPTORS).unwrap();
    let files = all.file.iter().filter(|it| it.package() == "erpsync.v1");
    let services = files.flat_map(|it| &it.service);
    let methods = services.flat_map(|service| {
        service.method.iter().map(move |it| format!("{}/{}", service.name(), it.name()))
    });
    methods.collect()
}
