//! Calls over TLS, new certificates, certificates of callers, and calls that lack TLS.

use std::time::Duration;

use erpsync::config::{self, Tls};
use erpsync::server::Server;
use erpsync_client::{Connection, Trust, proto, refusal};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::rustls::{ProtocolVersion, version};
use tonic::Code;

use crate::kit::trade::set;
use crate::kit::{
    Authority, Certified, Door, Folder, Heard, House, Http, Process, asked, config, post, reason,
    serve_behind, signal,
};

const INFO: &str = "ServerInfoService/GetServerInfo";

/// Another server on the database of a house, behind a certificate.
async fn behind(house: &House, tls: Tls) -> (Server, String) {
    let door = config::Door { tls: Some(tls), ..Default::default() };
    let server = serve_behind(&house.database, &house.clock, door).await;
    let address = format!("https://{}", server.address());
    (server, address)
}

fn trusting(authority: &Authority) -> Trust {
    Trust::default().authority(&authority.pem)
}

async fn system(connection: &Connection) -> Result<String, tonic::Status> {
    let asked = connection.server_info().get_server_info(proto::GetServerInfoRequest {}).await;
    asked.map(|it| it.into_inner().system)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_versions_of_http_are_spoken_over_tls() {
    let house = House::open().await;
    let folder = Folder::new("tls");
    let authority = Authority::new();
    let (server, address) = behind(&house, authority.certify().write(folder.path())).await;
    let token = house.token("erp").await.secret;
    let erp = Connection::open_trusting(&address, &token, &trusting(&authority)).await.unwrap();
    // Wherever it goes, it trusts the same.
    let erp = erp.moved(&address).await.unwrap();
    assert_eq!(system(&erp).await.unwrap(), "erp");

    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/json"), ("authorization", &*bearer)];
    // What the caller offers, and what is agreed upon.
    let cases: [(&[&str], Option<&str>, Http); 5] = [
        (&["h2", "http/1.1"], Some("h2"), Http::Two),
        (&["http/1.1", "h2"], Some("h2"), Http::Two),
        (&["http/1.1"], Some("http/1.1"), Http::One),
        // Old libraries offer nothing, and mean HTTP/1.1.
        (&[], None, Http::One),
        (&["http/1.1", "http/1.0"], Some("http/1.1"), Http::One),
    ];
    for versions in [&version::TLS12, &version::TLS13] {
        for (offered, agreed, http) in cases {
            let line = authority.connect_with(&address, offered, &[versions]).await.unwrap();
            let (_, session) = line.get_ref();
            assert_eq!(session.alpn_protocol(), agreed.map(str::as_bytes));
            assert_eq!(session.protocol_version(), Some(versions.version));
            let answer = http.open_over(line, post(INFO, &headers, "{}")).await;
            assert_eq!(Heard::all(answer).await.json()["system"], "erp", "{offered:?}");
        }
    }
    assert_eq!(version::TLS12.version, ProtocolVersion::TLSv1_2);
    let nothing_in_common =
        authority.connect_with(&address, &["spdy/3"], &[&version::TLS13]).await.unwrap_err();
    assert!(nothing_in_common.to_string().contains("NoApplicationProtocol"), "{nothing_in_common}");

    let stranger = Trust::default().authority(&Authority::new().pem);
    for trust in [Trust::default(), stranger] {
        Connection::open_trusting(&address, &token, &trust).await.expect_err("not certified");
    }
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_certificate_is_for_new_connections_and_a_bad_one_for_none() {
    let house = House::open().await;
    let folder = Folder::new("certificates");
    let (first, second) = (Authority::new(), Authority::new());
    let files = first.certify().write(folder.path());
    let (server, address) = behind(&house, files.clone()).await;
    let token = house.token("erp").await.secret;
    let open = async |authority: &Authority| {
        Connection::open_trusting(&address, &token, &trusting(authority)).await
    };
    let erp = open(&first).await.unwrap();
    let start = Some(proto::WatchStart {
        start: Some(proto::watch_start::Start::Now(true)),
        ..Default::default()
    });
    let watch = proto::WatchStockRequest { start, ..Default::default() };
    let mut watch = erp.stock().watch_stock(watch).await.unwrap().into_inner();
    watch.message().await.unwrap().expect("where it begins");

    // What is no good changes nothing, however it is no good.
    let good = Certified { certificate: first.certify().certificate, key: second.certify().key };
    let empty = Certified { certificate: String::new(), key: good.key.clone() };
    let swapped = Certified { certificate: good.key.clone(), key: good.certificate.clone() };
    let garbage = good.certificate.replace("MII", "AAA");
    let garbage = Certified { certificate: garbage, key: good.key.clone() };
    for bad in [good, empty, swapped, garbage] {
        bad.write(folder.path());
        server.read_certificate_again();
        open(&first).await.expect("the first certificate");
    }
    std::fs::remove_file(&files.key).unwrap();
    server.read_certificate_again();
    open(&first).await.expect("the first certificate");

    second.certify().write(folder.path());
    server.read_certificate_again();
    open(&second).await.expect("the second certificate");
    open(&first).await.expect_err("the first certificate is not shown any more");
    // The stream has not noticed.
    set(&house.erp, "mug", "5").await;
    loop {
        let said = watch.message().await.unwrap().expect("a stream that goes on");
        if let Some(proto::watch_stock_response::Event::Changes(it)) = said.event {
            assert_eq!(it.levels[0].sku, "mug");
            break;
        }
    }
    assert_eq!(system(&erp).await.unwrap(), "erp");

    // Nobody has to say so.
    first.certify().write(folder.path());
    while open(&first).await.is_err() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_may_need_certificates_too() {
    let house = House::open().await;
    let folder = Folder::new("callers");
    let (authority, of_callers) = (Authority::new(), Authority::new());
    let mut files = authority.certify().write(folder.path());
    let path = folder.path().join("callers.pem");
    std::fs::write(&path, &of_callers.pem).unwrap();
    files.client_authority = Some(path.clone());
    let (server, address) = behind(&house, files).await;
    let token = house.token("erp").await.secret;
    let open = async |identity: Option<&Certified>| {
        let trust = trusting(&authority);
        let trust = match identity {
            Some(it) => trust.identity(&it.certificate, &it.key),
            None => trust,
        };
        // In TLS 1.3 the caller only learns of it when it says something.
        let opened = Connection::open_trusting(&address, &token, &trust).await;
        let opened = opened.map_err(|it| it.to_string())?;
        system(&opened).await.map_err(|it| it.to_string())
    };
    let (known, stranger) = (of_callers.certify(), authority.certify());
    assert_eq!(open(Some(&known)).await.unwrap(), "erp");
    open(None).await.expect_err("no certificate");
    open(Some(&stranger)).await.expect_err("a certificate of somebody else");

    // Who is trusted may change as well.
    std::fs::write(&path, &authority.pem).unwrap();
    server.read_certificate_again();
    assert_eq!(open(Some(&stranger)).await.unwrap(), "erp");
    open(Some(&known)).await.expect_err("not trusted any more");
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lacks_tls_is_told_so_as_it_speaks() {
    let house = House::open().await;
    let folder = Folder::new("plaintext");
    let (server, address) = behind(&house, Authority::new().certify().write(folder.path())).await;
    let plain = address.replace("https", "http");
    let token = house.token("erp").await.secret;
    let bearer = format!("Bearer {token}");

    let mut door = Door::open(&plain).await;
    let refused = door.say(&format!("erpsync.v1.{INFO}"), &token, ()).await.unwrap_err();
    assert_eq!((refused.code(), &*reason(&refused)), (Code::FailedPrecondition, "TLS_REQUIRED"));
    assert!(refused.message().contains("https://"), "{}", refused.message());
    let erp = Connection::open(&plain, &token).await.unwrap();
    let watched = erp.stock().watch_stock(proto::WatchStockRequest::default()).await.unwrap_err();
    assert_eq!(refusal(&watched).unwrap().reason, "TLS_REQUIRED");

    for http in [Http::One, Http::Two] {
        for content_type in
            ["application/json", "application/proto", "application/connect+json", ""]
        {
            let headers = [("content-type", content_type), ("authorization", &*bearer)];
            let heard = http.say(&plain, post(INFO, &headers, "{}")).await;
            assert_eq!(heard.status, 400, "{content_type}");
            assert_eq!(heard.json()["code"], "failed_precondition");
            assert!(heard.text().contains("TLS_REQUIRED"), "{}", heard.text());
            assert!(heard.text().contains("https://"), "{}", heard.text());
        }
        // Somebody who only looks.
        let heard = http.say(&plain, asked("GET", "/", &[], "")).await;
        assert_eq!(heard.status, 400);
        assert!(heard.text().contains("https://"), "{}", heard.text());
        let headers = [("content-type", "application/grpc-web+proto")];
        let heard = http.say(&plain, post(INFO, &headers, vec![0; 5])).await;
        let content_type = heard.header("content-type");
        assert_eq!((content_type, heard.header("grpc-status")), (headers[0].1, "9"));
        // Who is still speaking hears it, too.
        let large = vec![b' '; 1024 * 1024];
        let heard =
            http.say(&plain, post(INFO, &[("content-type", "application/json")], large)).await;
        assert_eq!(heard.status, 400);
    }
    server.stop().await.unwrap();
}

/// A line that was closed with something unread on it would be torn, and the refusal lost with it.
#[tokio::test(flavor = "multi_thread")]
async fn who_still_speaks_when_it_is_told_that_it_lacks_tls_may_finish() {
    let house = House::open().await;
    let folder = Folder::new("speaking");
    let (server, address) = behind(&house, Authority::new().certify().write(folder.path())).await;
    let body = vec![b' '; 1024 * 1024];
    let head = format!(
        "POST /erpsync.v1.{INFO} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    let mut line = TcpStream::connect(address.trim_start_matches("https://")).await.unwrap();
    line.write_all(head.as_bytes()).await.unwrap();
    let mut heard = String::new();
    line.read_to_string(&mut heard).await.unwrap();
    assert!(heard.contains("TLS_REQUIRED"), "{heard}");
    line.write_all(&body).await.unwrap();
    drop(line);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_listens_off_loopback_by_mistake() {
    let folder = Folder::new("mistakes");
    let database = crate::kit::database().await;
    let certified = Authority::new().certify();
    let refused = async |door: config::Door, listen: &str| {
        let mut config = config(&database, &Default::default(), door);
        config.listen = listen.parse().unwrap();
        Server::start(config).await.err().expect("a refusal")
    };
    for listen in ["0.0.0.0:0", "[::]:0", "192.0.2.1:7443"] {
        let said = refused(Default::default(), listen).await;
        assert!(said.contains(listen) && said.contains("--tls-certificate"), "{said}");
    }
    let good = certified.write(folder.path());
    let bad = |change: fn(&mut Tls)| {
        let mut tls = good.clone();
        change(&mut tls);
        config::Door { tls: Some(tls), ..Default::default() }
    };
    let cases = [
        (bad(|it| it.certificate = "/nowhere".into()), "/nowhere: No such file"),
        (bad(|it| it.key = "/nowhere".into()), "/nowhere: No such file"),
        (bad(|it| it.client_authority = Some("/nowhere".into())), "/nowhere: No such file"),
        (bad(|it| it.certificate = it.key.clone()), "key.pem: no certificate in PEM"),
        (bad(|it| it.key = it.certificate.clone()), "certificate.pem: no private key in PEM"),
        (bad(|it| it.client_authority = Some(it.key.clone())), "key.pem: no certificate in PEM"),
    ];
    for (door, words) in cases {
        let said = refused(door, "127.0.0.1:0").await;
        assert!(said.contains(words), "{said}");
    }
    let other = Authority::new().certify();
    Certified { key: other.key, ..certified }.write(folder.path());
    let said = refused(bad(|_| ()), "127.0.0.1:0").await;
    assert!(said.contains("not the key of the certificate in"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_reads_its_certificate_again_when_told() {
    let folder = Folder::new("hang-up");
    let (first, second) = (Authority::new(), Authority::new());
    let files = first.certify().write(folder.path());
    let path = |it: &std::path::Path| it.to_str().unwrap().to_owned();
    let (certificate, key) = (path(&files.certificate), path(&files.key));
    let more = ["--tls-certificate", &certificate, "--tls-key", &key];
    let process = Process::try_start_with(&folder.path().join("data"), &more).unwrap();
    let address = process.address.replace("http", "https");
    Connection::open_trusting(&address, "", &trusting(&first)).await.unwrap();
    second.certify().write(folder.path());
    signal(process.id(), "HUP");
    while Connection::open_trusting(&address, "", &trusting(&second)).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The command line trusts whom it is told to.
    let tokens = std::fs::read_to_string(folder.path().join("data/tokens.txt")).unwrap();
    assert!(!tokens.contains("-plaintext"), "{tokens}");
    let token = tokens.lines().find_map(|it| it.strip_prefix("operator ")).unwrap();
    let list = |authority: &Authority| {
        let path = folder.path().join("authority.pem");
        std::fs::write(&path, &authority.pem).unwrap();
        std::process::Command::new(env!("CARGO_BIN_EXE_erpsync"))
            .args(["admin", "--address", &address, "--token", token, "tenant", "list"])
            .arg("--authority")
            .arg(path)
            .output()
            .unwrap()
    };
    assert!(String::from_utf8(list(&second).stdout).unwrap().contains("demo"));
    assert!(!list(&first).status.success());
    assert!(process.terminate().success());

    let said = Process::try_start_with(&folder.path().join("data"), &more[..2]).err().unwrap();
    assert!(said.contains("--help"), "{said}");
}
