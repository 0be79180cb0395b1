//! Turns proto into Rust, without a protoc binary.

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-changed=migrations");
    let mut files: Vec<PathBuf> = fs::read_dir("proto/erpsync/v1")?
        .map(|it| it.map(|it| it.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|it| it.extension().is_some_and(|it| it == "proto"));
    files.sort();

    let descriptors = protox::compile(files, ["proto"])?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("descriptors.bin");
    fs::write(out, descriptors.encode_to_vec())?;
    // All watches are told in one shape, whose entries are encoded once for all who watch.
    let methods = descriptors.file.iter().flat_map(|it| &it.service).flat_map(|it| &it.method);
    let told: Vec<_> = methods
        .filter(|it| it.name().starts_with("Watch"))
        .map(|it| it.output_type().to_owned())
        .collect();
    let mut generator = tonic_prost_build::configure().build_client(false);
    for message in told {
        generator = generator.extern_path(message, "crate::changes::WatchResponse");
    }
    generator.compile_fds(descriptors)?;
    Ok(())
}
