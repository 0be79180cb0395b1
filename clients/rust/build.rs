//! Turns proto into Rust, without a protoc binary.

use std::{error::Error, fs, path::PathBuf};

const PROTO: &str = "../../proto";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={PROTO}");
    let mut files: Vec<PathBuf> = fs::read_dir(format!("{PROTO}/erpsync/v1"))?
        .map(|it| it.map(|it| it.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|it| it.extension().is_some_and(|it| it == "proto"));
    files.sort();
    let descriptors = protox::compile(files, [PROTO])?;
    tonic_prost_build::configure().build_server(false).compile_fds(descriptors)?;
    Ok(())
}
