use std::sync::atomic::{AtomicU32, Ordering};

use erpsync::clock::Clock;
use erpsync::config::{self, Config, Database};
use erpsync::server::Server;
use erpsync_client::{Connection, proto};
use sqlx::postgres::PgConnectOptions;

static REQUESTS: AtomicU32 = AtomicU32::new(0);

/// Whose pages may call.
pub const PAGE: &str = "https://shop.example";

/// A request id that nobody has used.
pub fn request_id() -> String {
    format!("request-{}", REQUESTS.fetch_add(1, Ordering::Relaxed))
}

/// A server with its own database, one tenant with one environment, an ERP, two shops and a tool.
pub struct House {
    pub server: Server,
    pub clock: Clock,
    pub database: PgConnectOptions,
    pub operator: Connection,
    pub erp: Connection,
    pub shop: Connection,
    pub shop_b: Connection,
    pub tool: Connection,
}

impl House {
    /// On a database of its own.
    pub async fn open() -> House {
        House::over(super::database().await).await
    }

    /// On a database that is there but empty.
    pub async fn over(database: PgConnectOptions) -> House {
        let clock = Clock::default();
        let (server, operator) = serve(&database, &clock).await;
        let operator = operator.expect("an empty database");
        let tenant = "acme";
        create_tenant(&operator, tenant).await;
        let [erp, shop, shop_b, tool] = world(&operator, &server, tenant, "production").await;
        House { server, clock, database, operator, erp, shop, shop_b, tool }
    }

    /// Another environment of the same tenant: its ERP, two shops and tool.
    pub async fn other_world(&self) -> [Connection; 4] {
        world(&self.operator, &self.server, "acme", "staging").await
    }

    /// Another tenant's environment of the same name: its ERP, two shops and tool.
    pub async fn other_tenant(&self) -> [Connection; 4] {
        create_tenant(&self.operator, "rival").await;
        world(&self.operator, &self.server, "rival", "production").await
    }

    /// Another token of a system.
    pub async fn token(&self, system: &str) -> proto::CreateTokenResponse {
        create_token(&self.operator, "acme", "production", system).await
    }

    /// One more ERP in the same environment: who runs a warehouse, say.
    pub async fn another_erp(&self, name: &str) -> Connection {
        let request = proto::CreateSystemRequest {
            request_id: request_id(),
            tenant: "acme".into(),
            environment: "production".into(),
            name: name.into(),
            kind: proto::SystemKind::Erp.into(),
        };
        self.operator.admin().create_system(request).await.expect("a system");
        let token = self.token(name).await.secret;
        Connection::open(&self.address(), &token).await.expect("a connection").bare()
    }

    /// Another server on the same database, and a system's connection to it.
    pub async fn second_server(&self, system: &str) -> (Server, Connection) {
        let (server, _) = serve(&self.database, &self.clock).await;
        let token = self.token(system).await.secret;
        let connection =
            Connection::open(&address(&server), &token).await.expect("a connection").bare();
        (server, connection)
    }

    /// For tests that open many, one after the other: nothing of it stays behind.
    pub async fn close(self) {
        let House { server, .. } = self;
        server.stop().await.expect("it stops");
    }

    /// The server's address.
    pub fn address(&self) -> String {
        address(&self.server)
    }
}

pub fn address(server: &Server) -> String {
    format!("http://{}", server.address())
}

/// A server on a database, and an operator's connection if it is the first.
pub async fn serve(database: &PgConnectOptions, clock: &Clock) -> (Server, Option<Connection>) {
    let server = serve_behind(database, clock, config::Door::default()).await;
    let operator = match server.tokens() {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).expect("the first tokens");
            let token = text.lines().find_map(|it| it.strip_prefix("operator ")).expect("one");
            let _ = std::fs::remove_dir_all(path.parent().expect("a folder"));
            Some(Connection::open(&address(&server), token).await.expect("a connection").bare())
        }
    };
    (server, operator)
}

/// A server on a database, behind a door.
pub async fn serve_behind(
    database: &PgConnectOptions,
    clock: &Clock,
    door: config::Door,
) -> Server {
    Server::start(config(database, clock, door)).await.expect("a server")
}

/// How a server is started on a database.
pub fn config(database: &PgConnectOptions, clock: &Clock, door: config::Door) -> Config {
    let name = database.get_database().expect("a name").to_owned();
    let count = REQUESTS.fetch_add(1, Ordering::Relaxed);
    let folder =
        std::env::temp_dir().join(format!("erpsync-test-{}-{name}-{count}", std::process::id()));
    let socket = database.get_socket().expect("a socket").display();
    let host = socket.to_string().replace('/', "%2F");
    let url = format!("postgres://{}@{host}/{name}", database.get_username());
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: Database::Url(url),
        folder,
        origins: vec![PAGE.into()],
        door,
        clock: clock.clone(),
    }
}

pub async fn create_tenant(operator: &Connection, name: &str) {
    let request = proto::CreateTenantRequest { request_id: request_id(), name: name.into() };
    operator.admin().create_tenant(request).await.expect("a tenant");
}

/// An environment with an ERP, two shops and a tool.
pub async fn world(
    operator: &Connection,
    server: &Server,
    tenant: &str,
    name: &str,
) -> [Connection; 4] {
    use proto::SystemKind::{Erp, Shop, Tool};
    let request = proto::CreateEnvironmentRequest {
        request_id: request_id(),
        tenant: tenant.into(),
        name: name.into(),
    };
    operator.admin().create_environment(request).await.expect("an environment");
    let mut opened = Vec::new();
    for (system, kind) in [("erp", Erp), ("shop-a", Shop), ("shop-b", Shop), ("tool", Tool)] {
        let request = proto::CreateSystemRequest {
            request_id: request_id(),
            tenant: tenant.into(),
            environment: name.into(),
            name: system.into(),
            kind: kind.into(),
        };
        operator.admin().create_system(request).await.expect("a system");
        let token = create_token(operator, tenant, name, system).await.secret;
        opened.push(Connection::open(&address(server), &token).await.expect("a connection").bare());
    }
    opened.try_into().expect("four")
}

pub async fn create_token(
    operator: &Connection,
    tenant: &str,
    environment: &str,
    system: &str,
) -> proto::CreateTokenResponse {
    let request = proto::CreateTokenRequest {
        request_id: request_id(),
        tenant: tenant.into(),
        environment: environment.into(),
        system: system.into(),
        expire_time: None,
        scope: None,
    };
    operator.admin().create_token(request).await.expect("a token").into_inner()
}
