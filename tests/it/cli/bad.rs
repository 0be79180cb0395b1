//! What is wrong with a command line or with a file is said: what, which one, what now.

use super::{Desk, program, said};

/// `(what is typed, what stands in it.csv, code, what is said)`
type Case = (&'static str, &'static [u8], i32, &'static str);

const CASES: &[Case] = &[
    // Usage.
    ("stock", b"", 2, "Usage: erpsync stock"),
    ("stock set MUG", b"", 2, "<ON_HAND>"),
    ("stock set MUG 5 --output xml", b"", 2, "possible values: table, json"),
    ("stock set MUG 5 --committed 2", b"", 2, "--orders-counted-through"),
    ("stock watch --from yesterday", b"", 2, "possible values: snapshot, now"),
    ("stock watch --limit 0", b"", 2, "0 is not in 1.."),
    ("stock watch --snapshot-if-expired", b"", 2, "--token-file"),
    ("inbox lease --max 101", b"", 2, "101 is not in 1..=100"),
    ("inbox lease --lease-time 5", b"", 2, "5 is not in 10..=600"),
    ("inbox ack", b"", 2, "<LEASES>..."),
    ("inbox ack a b --number SO-1", b"", 2, "--number is of one task, and 2 leases are given"),
    ("parked retry", b"", 2, "<IDS>"),
    ("parked retry 1 --all", b"", 2, "cannot be used with"),
    ("parked retry 1 --kind task", b"", 2, "go with --all"),
    ("completion cmd.exe", b"", 2, "possible values: bash"),
    ("stock import it.csv --delimiter ab", b"", 2, "must be one character"),
    ("stock import it.csv --map sku", b"sku,qty\n", 2, "--map must be like sku=…, and is sku"),
    ("stock import it.csv --map units=qty", b"sku,qty\n", 2, "there is no field units"),
    ("stock import it.csv --map sku=No", b"sku,qty\n", 2, "no such column; there are sku, qty"),
    ("stock import it.csv --default shelf=1", b"sku,qty\n", 2, "there is no field shelf"),
    ("stock import it.csv", b"sku,Stock,Qty\n", 2, "any of the columns Stock, Qty: say which"),
    // Files.
    ("stock import nowhere.csv", b"", 1, "nowhere.csv: No such file"),
    ("stock import .", b"", 1, "Is a directory"),
    ("stock import it.csv", b"", 1, "it.csv is empty: it has not even a header"),
    ("stock import it.csv", b"\xef\xbb\xbf\r\n", 1, "it.csv is empty"),
    ("stock import it.csv", b"\xff\xfes\0k\0u\0", 1, "it.csv is UTF-16: save it as UTF-8"),
    ("stock import it.csv", b"name,qty\nMUG,5\n", 1, "no column for sku: it has name, qty. Say"),
    ("stock import it.csv", b"sku;name\nMUG;x\n", 1, "--map on_hand=COLUMN"),
    ("stock import it.csv", b"sku,qty\nMUG,five\n", 1, "line 2: on_hand: must be a decimal"),
    ("stock import it.csv", b"sku;qty\nMUG;2,5\n", 1, "say --decimal-comma"),
    ("stock import it.csv", b"sku,qty\nMUG,5,6\n", 1, "line 2: has 3 columns, and the header 2"),
    ("stock import it.csv", b"sku,qty\n\"MUG,5\nCUP,6\n", 1, "line 2: has 1 columns"),
    ("stock import it.csv", b"sku,qty\nM\xdcG,5\n", 1, "line 2: sku: is not UTF-8"),
    ("stock import it.csv", b"sku,qty\nMUG,5\n\nMUG,5\n", 1, "lines 2, 4 state the same level"),
    ("stock import it.csv --results no/where.csv", b"sku,qty\nMUG,5\n", 1, "no/where.csv: No such"),
    ("stock watch --token-file .", b"", 1, "Is a directory"),
    // What the server refuses.
    ("stock set MUG five", b"", 1, "on_hand: must be a decimal"),
    ("stock watch --token-file it.csv", b"nonsense", 1, "(RESUME_TOKEN_INVALID)"),
    ("orders show 4711 --of shop-a", b"", 1, "(NOT_FOUND)"),
    ("orders show nonsense", b"", 1, "(FIELD_INVALID)"),
    ("inbox ack nonsense", b"", 1, "1 of 1 tasks were refused"),
    ("parked retry 17", b"", 1, "1 of 1 were not applied"),
    ("tail --kind nonsense", b"", 1, "(FIELD_INVALID)"),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said() {
    let desk = Desk::open("cli-bad").await;
    for (words, file, code, expected) in CASES {
        desk.write("it.csv", file);
        let said = desk.say("erp", words).await;
        let all = format!("{}{}", said.out, said.err);
        assert_eq!(said.code, *code, "{words}: {all}");
        assert!(all.contains(expected), "{words}: {all}");
        assert!(!all.contains("panicked"), "{words}: {all}");
    }
    assert_eq!(desk.erp("stock export").await.lines().count(), 1, "nothing came of it");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_be_reached_or_recognised() {
    let desk = Desk::open("cli-nobody").await;
    let nobody = async |words: &str| said(program(&desk.path(""), words), "").await;
    let address = desk.house.address();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let cases = [
        ("orders list".to_owned(), 2, "there is no token: set ERPSYNC_TOKEN, or give --token"),
        ("admin tenant list".to_owned(), 2, "there is no token"),
        ("orders list --token x --address 127.0.0.1:1".into(), 2, "--address must be like http://"),
        (format!("orders list --token x --address http://{free}"), 1, "Connection refused"),
        (
            "orders list --token x --address http://no.such.host.invalid:7443".into(),
            1,
            "no.such.host",
        ),
        (format!("orders list --token esk_0_0 --address {address}"), 1, "(TOKEN_INVALID)"),
        (format!("orders list --token gürkchen --address {address}"), 1, "not a token"),
    ];
    for (words, code, expected) in cases {
        let said = nobody(&words).await;
        assert_eq!(said.code, code, "{words}: {said:?}");
        assert!(said.err.contains(expected), "{words}: {said:?}");
    }
}

/// Every command has examples, every shell its script.
#[tokio::test(flavor = "multi_thread")]
async fn help_is_there() {
    let desk = crate::kit::Folder::new("cli-help");
    std::fs::create_dir_all(desk.path()).unwrap();
    let help = async |words: &str| {
        let said = said(program(desk.path(), words), "").await;
        assert_eq!(said.code, 0, "{words}: {said:?}");
        said.out
    };
    assert!(help("--help").await.contains("Exit codes:"));
    let commands = [
        "stock set",
        "stock watch",
        "stock import",
        "stock export",
        "orders",
        "inbox",
        "parked",
        "tail",
        "completion",
    ];
    for command in commands {
        let text = help(&format!("{command} --help")).await;
        assert!(text.contains(&format!("\n  erpsync {command}")), "{text}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let script = help(&format!("completion {shell}")).await;
        assert!(script.contains("erpsync") && script.contains("dry-run"), "{shell}");
    }
}
