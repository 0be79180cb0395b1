//! `erpsync stock import`: good rows, bad rows, and interruptions.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Desk, cells, objects, program, said};
use crate::kit::trade::{level, set};

#[tokio::test(flavor = "multi_thread")]
async fn good_rows_are_stated_and_bad_ones_told() {
    let desk = Desk::open("cli-import").await;
    let numbered = "stock set VASE 4 --statement-sequence 7";
    desk.erp(numbered).await;
    set(&desk.house.erp, "PLATE", "1").await;
    let file = "\u{feff}Artikelnummer;Bezeichnung;Bestand;Lager\r\n\
        MUG;Becher, groß;1.234,5;\r\n\
        CUP;\"zwei\nZeilen\";-2;laden\r\n\
        ;nobody;1;\r\n\
        BOWL;;viele;\r\n\
        VASE;;3;\r\n\
        PLATE;;1;main\r\n";
    desk.write("bestand.csv", file);
    let said = desk.say("erp", "stock import bestand.csv --decimal-comma").await;
    assert_eq!(said.code, 3, "{said:?}");
    assert_eq!(
        cells(&said.out),
        [
            "bestand.csv: 6 rows (sku from Artikelnummer, location from Lager, on_hand from Bestand; \
             not read: Bezeichnung)",
            "applied|2",
            "refused|3",
            "unchanged|1",
        ]
    );
    let told: Vec<_> = said.err.lines().collect();
    assert!(told[0].starts_with("bestand.csv: line 5: sku: must not be empty (FIELD_INVALID)"));
    assert!(told[1].starts_with("bestand.csv: line 6: on_hand: must be a decimal"), "{told:?}");
    assert!(told[2].contains("line 7: ") && told[2].contains("STATEMENT_SEQUENCE_REQUIRED"));
    assert_eq!(told[3], "erpsync: 3 of 6 rows were refused: see bestand.csv.results.csv");
    assert_eq!(level(&desk.house.erp, "MUG").await, "1234.5/0/0");
    assert_eq!(level(&desk.house.erp, "VASE").await, "4/0/0");

    let results = desk.read("bestand.csv.results.csv");
    let mut rows = csv::Reader::from_reader(results.as_bytes());
    assert_eq!(
        rows.headers().unwrap(),
        vec!["line", "sku", "location", "outcome", "reason", "message"]
    );
    let rows: Vec<_> = rows.records().map(|it| it.unwrap()).collect();
    let ended: Vec<_> =
        rows.iter().map(|it| it.iter().take(5).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(
        ended,
        [
            "2|MUG||APPLIED|",
            "3|CUP|laden|APPLIED|",
            "5|||REFUSED|FIELD_INVALID",
            "6|BOWL||REFUSED|FIELD_INVALID",
            "7|VASE||REFUSED|STATEMENT_SEQUENCE_REQUIRED",
            "8|PLATE|main|UNCHANGED|",
        ]
    );
    assert!(rows[4][5].contains("VASE"), "{:?}", &rows[4]);

    // Again with all that was missing, for programs.
    let words = "stock import bestand.csv --decimal-comma --default sku=JAR,statement_sequence=8 --output json";
    let said = desk.say("erp", words).await;
    let told = objects(&said.out).remove(0);
    assert_eq!((said.code, &told["outcomes"]["refused"]), (3, &1.into()), "{said:?}");
    assert_eq!(told["results"], "bestand.csv.results.csv");
    assert_eq!(level(&desk.house.erp, "JAR").await, "1/0/0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_with_nothing_but_bad_rows_has_failed() {
    let desk = Desk::open("cli-all-bad").await;
    desk.write("bad.csv", "sku,qty\nMUG,1\nMUG,2\n");
    let said = desk.say("erp", "stock import bad.csv").await;
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("lines 2, 3 state the same level"), "{said:?}");
    assert_eq!(desk.read("bad.csv.results.csv").matches("DUPLICATE_ROW").count(), 2);
    desk.write("none.csv", "sku,qty\n");
    assert_eq!(cells(&desk.erp("stock import none.csv").await).len(), 1);
}

/// Checks every row, needs no server, and writes nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_sends_nothing() {
    let desk = Desk::open("cli-dry").await;
    desk.write("stock.csv", "sku,qty\nMUG,5\nCUP,x\n");
    let dry = |words: &str| program(&desk.path(""), words);
    let told = said(dry("stock import stock.csv --dry-run"), "").await;
    assert_eq!(told.code, 3, "{told:?}");
    assert_eq!(cells(&told.out)[1..], ["good|1", "refused|1"]);
    assert!(!desk.path("stock.csv.results.csv").exists());
    let words = "stock import - --dry-run --results checked.csv";
    let told = said(dry(words), "sku\tqty\nMUG\t5\n").await;
    assert_eq!(told.code, 0, "{told:?}");
    assert!(told.out.starts_with("standard input: 1 rows"), "{told:?}");
    assert_eq!(desk.read("checked.csv").lines().nth(1).unwrap(), "2,MUG,,GOOD,,");
    assert_eq!(desk.erp("stock export").await.lines().count(), 1, "nothing was stated");

    // From standard input for good.
    let told = said(desk.command("erp", "stock import -").await, "sku|qty\nMUG|5\n").await;
    assert_eq!((told.code, &*level(&desk.house.erp, "MUG").await), (0, "5/0/0"), "{told:?}");
}

/// 2,500 good rows and a bad one: three batches.
fn many() -> String {
    let rows = (0..2_500).map(|nth| format!("an article with a long name {nth},{nth}\n"));
    format!("sku,qty\n{}bad,row,here\n", rows.collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_interrupted_goes_on_where_it_stopped() {
    let desk = Desk::open("cli-interrupted").await;
    desk.write("many.csv", many());
    // The first batch comes through; the line is cut in the midst of the second.
    let line = line(desk.house.server.address(), 60_000).await;
    let mut command = desk.command("erp", "stock import many.csv").await;
    command.env("ERPSYNC_ADDRESS", line);
    let cut = said(command, "").await;
    assert_eq!(cut.code, 1, "{cut:?}");
    assert!(cut.err.contains("stopped after 1 of 3 batches: "), "{cut:?}");
    assert_eq!(desk.erp("stock export").await.lines().count(), 1_001);
    let results = desk.read("many.csv.results.csv");
    assert_eq!(results.lines().count(), 1_001);

    // A row that was written, and not noted as done.
    desk.write(
        "many.csv.results.csv",
        results.replace("0,,APPLIED", "0,kept,APPLIED") + "half a r",
    );
    let progress = desk.read("many.csv.results.csv.progress");
    let grown = desk.read("many.csv.results.csv").len() - "half a r".len();
    let progress = progress
        .replace(&format!("\"written\":{}", results.len()), &format!("\"written\":{grown}"));
    desk.write("many.csv.results.csv.progress", progress);
    // Which time it is goes on, too.
    let done = desk.say("erp", "stock import many.csv --again").await;
    assert_eq!(done.code, 3, "{done:?}");
    assert!(done.err.contains("going on after 1000 rows"), "{done:?}");
    assert_eq!(cells(&done.out)[1..], ["applied|2500", "refused|1"]);
    assert!(!done.err.contains("as before"), "nothing was said twice: {done:?}");
    let results = desk.read("many.csv.results.csv");
    assert_eq!(results.lines().count(), 2_502);
    assert!(results.contains("kept") && !results.contains("half a r"));

    // Done is done, with the same exit code; and where nobody knows of it here, the server does.
    let again = desk.say("erp", "stock import many.csv").await;
    assert_eq!(again.code, 3, "{again:?}");
    assert!(again.err.contains("many.csv was imported already"), "{again:?}");
    assert_eq!(cells(&again.out)[1..], ["applied|2500", "refused|1"]);
    let progress = desk.read("many.csv.results.csv.progress");
    let again: serde_json::Value = serde_json::from_str(&progress).unwrap();
    assert_eq!(again["again"], "", "the interrupted run was the first");
    std::fs::remove_file(desk.path("many.csv.results.csv")).unwrap();
    let again = desk.say("erp", "stock import many.csv").await;
    assert!(again.err.contains("2500 rows were imported already"), "{again:?}");
    assert_eq!(cells(&again.out)[1..], ["applied|2500", "refused|1"]);
    // Another file of the same name begins anew.
    desk.write("many.csv.results.csv.progress", "not ours");
    desk.write("many.csv", "sku,qty\nMUG,5\n");
    assert_eq!(cells(&desk.erp("stock import many.csv").await)[1], "applied|1");
}

/// A line to the server that is cut, with all later ones, once so many bytes went there.
async fn line(server: SocketAddr, bytes: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (client, _) = listener.accept().await.unwrap();
        drop(listener);
        let (mut from_client, mut to_client) = client.into_split();
        let server = TcpStream::connect(server).await.unwrap();
        let (mut from_server, mut to_server) = server.into_split();
        let asks = async {
            let (mut buffer, mut left) = ([0; 4_096], bytes);
            while let Ok(count @ 1..) = from_client.read(&mut buffer).await {
                if left < count {
                    break;
                }
                left -= count;
                to_server.write_all(&buffer[..count]).await.unwrap();
            }
        };
        tokio::select! {
            () = asks => {}
            _ = tokio::io::copy(&mut from_server, &mut to_client) => {}
        }
    });
    address
}
