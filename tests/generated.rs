//! What is generated for the Rust client is committed, so that it builds without `proto/`. Here it is
//! compared with what would be generated now; `UPDATE=1 cargo test --test generated` writes it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use prost::Message as _;
use prost_types::{DescriptorProto, FileDescriptorSet};

const PACKAGE: &str = "erpsync.v1";
const FOLDER: &str = "clients/rust/gen";

#[test]
fn the_rust_client_is_what_proto_says() {
    let messages = include_str!(concat!(env!("OUT_DIR"), "/client/erpsync.v1.rs"));
    compare("erpsync.v1.rs", messages.as_bytes());
    let descriptors = include_bytes!(concat!(env!("OUT_DIR"), "/descriptors.bin"));
    let mut descriptors = FileDescriptorSet::decode(&descriptors[..]).unwrap();
    compare("calls.rs", calls(&descriptors).as_bytes());
    // Without comments, which messages have as documentation.
    descriptors.file.iter_mut().for_each(|it| it.source_code_info = None);
    compare("descriptors.bin", &descriptors.encode_to_vec());
}

fn compare(file: &str, expected: &[u8]) {
    let path = format!("{FOLDER}/{file}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let there = fs::read(&path).unwrap_or_default();
    assert!(
        there == expected,
        "{path} is not what proto/ says: UPDATE=1 cargo test --test generated"
    );
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
                writeln!(watches, "{call}, {event};").unwrap();
            }
            (false, false) => {
                writeln!(single, "{call}, {};", nature(request)).unwrap();
                if let Some((field, item)) = page(answer) {
                    writeln!(lists, "{call}.{field}: {item};").unwrap();
                }
            }
        }
    }
    format!(
        "// This file is @generated from proto/ by tests/generated.rs of the server.

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
    let text = fs::read_to_string("clients/rust/src/services.rs").unwrap();
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
