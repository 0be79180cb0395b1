//! Writes what the Rust client is generated of, so that it builds without `proto/`:
//! `cargo run -p erpsync-client-generate`. Its test compares what is committed with what would be written now.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use prost::Message as _;
use prost_types::{DescriptorProto, FileDescriptorSet};

const PACKAGE: &str = "erpsync.v1";
const CLIENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const PROTO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../proto");

/// Files by their name, with what stands in them.
type Files = Vec<(&'static str, Vec<u8>)>;

fn main() -> Result<(), Box<dyn Error>> {
    for (file, content) in generated()? {
        let path = format!("{CLIENT}/gen/{file}");
        // A file that is touched has all that stands on it built again.
        if fs::read(&path).ok().as_ref() != Some(&content) {
            fs::write(path, content)?;
        }
    }
    Ok(())
}

/// Every file of `gen/`, and what is to stand in it.
fn generated() -> Result<Files, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = fs::read_dir(format!("{PROTO}/erpsync/v1"))?
        .map(|it| it.map(|it| it.path()))
        .collect::<Result<_, _>>()?;
    files.retain(|it| it.extension().is_some_and(|it| it == "proto"));
    files.sort();
    let mut descriptors = protox::compile(files, [PROTO])?;

    let folder = std::env::temp_dir().join(format!("erpsync-generate-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    tonic_prost_build::configure()
        .build_server(false)
        .out_dir(&folder)
        .compile_fds(descriptors.clone())?;
    let messages = fs::read(folder.join("erpsync.v1.rs"))?;
    fs::remove_dir_all(&folder)?;
    let calls = calls(&descriptors).into_bytes();
    // Without comments, which messages have as documentation.
    descriptors.file.iter_mut().for_each(|it| it.source_code_info = None);
    let descriptors = descriptors.encode_to_vec();
    Ok(vec![("erpsync.v1.rs", messages), ("calls.rs", calls), ("descriptors.bin", descriptors)])
}

/// What the comfort of the client must know of each call: a table of macros that its reader defines.
fn calls(descriptors: &FileDescriptorSet) -> String {
    let messages: BTreeMap<String, &DescriptorProto> = descriptors
        .file
        .iter()
        .filter(|it| it.package() == PACKAGE)
        .flat_map(|it| &it.message_type)
        .map(|it| (format!(".{PACKAGE}.{}", it.name()), it))
        .collect();
    let accessors = accessors();
    let (mut single, mut watches, mut lists) = (String::new(), String::new(), String::new());
    for (service, method) in methods(descriptors) {
        let client = format!("{}_client::{service}Client", snake(&service));
        let accessor = accessors.get(&client);
        let accessor = accessor.unwrap_or_else(|| panic!("clients/rust/src/services.rs: {client}"));
        let (request, answer) = (messages[method.input_type()], messages[method.output_type()]);
        let call = format!(
            "    \"/{PACKAGE}.{service}/{}\" = {accessor}.{}({}) -> {}",
            method.name(),
            snake(method.name()),
            request.name(),
            answer.name(),
        );
        match (method.client_streaming(), method.server_streaming()) {
            (true, _) => {}
            (false, true) => {
                let event = snake(answer.name());
                let _ = writeln!(watches, "{call}, {event};");
            }
            (false, false) => {
                let _ = writeln!(single, "{call}, {};", nature(request));
                if let Some((field, item)) = page(answer) {
                    let _ = writeln!(lists, "{call}.{field}: {item};");
                }
            }
        }
    }
    format!(
        "// This file is @generated from proto/ by clients/rust/generate.

// Every single call, by its path: what it takes and answers, whether it has a `request_id` that may be
// made for it (`Identified`), and whether it may wait for news (`Waits`).
single! {{
{single}}}

// Every stream that can be resumed: what it takes, its messages, and where their events are.
watches! {{
{watches}}}

// Every call that answers a page: what of it are the items.
lists! {{
{lists}}}
"
    )
}

fn nature(request: &DescriptorProto) -> &'static str {
    let field = |name: &str| request.field.iter().find(|it| it.name() == name);
    match (field("request_id"), field("wait")) {
        (None, None) => "Plain",
        (None, Some(_)) => "Waits",
        // The client puts the id before the message: see clients/rust/src/identity.rs.
        (Some(it), None) if it.number() == 1 => "Identified",
        _ => panic!("{}: request_id must be its first field, and nothing may wait", request.name()),
    }
}

/// The items of a page; `None` where an answer is none.
fn page(answer: &DescriptorProto) -> Option<(String, String)> {
    answer.field.iter().find(|it| it.name() == "next_page_token")?;
    let lists = answer.field.iter().find(|it| it.type_name.is_some())?;
    let item = lists.type_name().rsplit('.').next()?;
    Some((lists.name().to_owned(), item.to_owned()))
}

fn methods(descriptors: &FileDescriptorSet) -> Vec<(String, &prost_types::MethodDescriptorProto)> {
    let files = descriptors.file.iter().filter(|it| it.package() == PACKAGE);
    let services = files.flat_map(|it| &it.service);
    let methods =
        services.flat_map(|it| it.method.iter().map(|method| (it.name().to_owned(), method)));
    let mut methods: Vec<_> = methods.collect();
    methods.sort_by_key(|(service, method)| (service.clone(), method.name().to_owned()));
    methods
}

/// How a connection names each generated client.
fn accessors() -> BTreeMap<String, String> {
    let text = fs::read_to_string(format!("{CLIENT}/src/services.rs")).unwrap_or_default();
    let lines = text.lines().filter_map(|it| it.trim().strip_suffix(';')?.split_once(": "));
    lines.map(|(accessor, client)| (client.to_owned(), accessor.to_owned())).collect()
}

/// `SetStock` as `set_stock`.
fn snake(name: &str) -> String {
    name.chars().fold(String::new(), |text, it| match it.is_uppercase() {
        true if !text.is_empty() => format!("{text}_{}", it.to_ascii_lowercase()),
        _ => format!("{text}{}", it.to_ascii_lowercase()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_is_what_proto_says() {
        for (file, expected) in generated().unwrap() {
            let there = fs::read(format!("{CLIENT}/gen/{file}")).unwrap_or_default();
            assert!(there == expected, "{file} is old: cargo run -p erpsync-client-generate");
        }
    }
}
