//! Turns the suite's proto into Rust, without a protoc binary.

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=proto");
    let files = ["service.proto", "server_compat.proto"];
    let files = files.map(|it| format!("proto/connectrpc/conformance/v1/{it}"));
    let mut descriptors = protox::compile(files, ["proto"])?;
    let out = PathBuf::from(env::var("OUT_DIR")?).join("descriptors.bin");
    fs::write(out, descriptors.encode_to_vec())?;

    // tonic sends trailers behind streams alone, and the suite asks for some behind single answers.
    // On the wire of gRPC both are the same, so our side of each call is written as a stream.
    let services = descriptors.file.iter_mut().flat_map(|it| &mut it.service);
    for method in services.flat_map(|it| &mut it.method) {
        method.server_streaming = Some(true);
    }
    let mut config = tonic_prost_build::Config::new();
    config.enable_type_names().type_name_domain(["."], "type.googleapis.com");
    let build = tonic_prost_build::configure().build_client(false);
    build.compile_fds_with_config(descriptors, config)?;
    Ok(())
}
