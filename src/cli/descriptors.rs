use std::io::Write as _;
use std::path::PathBuf;

use prost::Message as _;
use prost_types::FileDescriptorSet;

use crate::proto;

/// Where to write them.
#[derive(clap::Args)]
pub struct Arguments {
    /// A file; without one, the bytes go to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the contract as programs read it: every file of it, what it is made of, and the details of refusals.
pub fn run(arguments: Arguments) -> Result<(), String> {
    let mut all = FileDescriptorSet::default();
    for part in [proto::DESCRIPTORS, tonic_types::pb::FILE_DESCRIPTOR_SET] {
        let part = FileDescriptorSet::decode(part).map_err(|it| it.to_string())?;
        let is_new = |it: &prost_types::FileDescriptorProto| {
            !all.file.iter().any(|there| there.name == it.name)
        };
        let new: Vec<_> = part.file.into_iter().filter(is_new).collect();
        all.file.extend(new);
    }
    let bytes = all.encode_to_vec();
    let written = match &arguments.output {
        Some(path) => std::fs::write(path, bytes),
        None => std::io::stdout().write_all(&bytes),
    };
    written.map_err(|it| format!("the descriptors were not written: {it}"))
}
