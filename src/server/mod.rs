//! Puts the slices together and opens the door.

mod attached;
mod info;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tower::Layer as _;

use crate::access::{Access, Layer};
use crate::admin::{self, AdminDesk};
use crate::books::Books;
use crate::changes::{self, ChangeDesk, Changes, Everything, Hub, Pages, Tokens};
use crate::config::{self, Config, Database};
use crate::credit_notes::{self, CreditNoteDesk};
use crate::documents::{self, Shelf};
use crate::door::{Certificates, Door};
use crate::due::{self, Scanner};
use crate::id::Ids;
use crate::inbox::{self, InboxDesk, NoteHandover, RetryTasks};
use crate::incarnation;
use crate::incidents::{self, IncidentFeed, MonitoringDesk};
use crate::invoices::{self, InvoiceDesk};
use crate::lanes::{self, Lanes};
use crate::orders::{self, OrderDesk, OrderFeed, OrderTasks, ServeOrders};
use crate::ownership::{self, OwnershipDesk};
use crate::parking::{self, Kinds, ParkingDesk};
use crate::payments::{self, PaymentDesk};
use crate::postgres::{Embedded, Pools, migrate};
use crate::proto::admin_service_server::AdminServiceServer;
use crate::proto::change_entry::State;
use crate::proto::change_service_server::ChangeServiceServer;
use crate::proto::composition_service_server::CompositionServiceServer;
use crate::proto::credit_note_service_server::CreditNoteServiceServer;
use crate::proto::inbox_service_server::InboxServiceServer;
use crate::proto::invoice_service_server::InvoiceServiceServer;
use crate::proto::monitoring_service_server::MonitoringServiceServer;
use crate::proto::order_service_server::OrderServiceServer;
use crate::proto::ownership_service_server::OwnershipServiceServer;
use crate::proto::parking_service_server::ParkingServiceServer;
use crate::proto::payment_service_server::PaymentServiceServer;
use crate::proto::reservation_service_server::ReservationServiceServer;
use crate::proto::return_service_server::ReturnServiceServer;
use crate::proto::server_info_service_server::ServerInfoServiceServer;
use crate::proto::shipment_service_server::ShipmentServiceServer;
use crate::proto::stock_service_server::StockServiceServer;
use crate::proto::{self};
use crate::reservations::{self, ReservationDesk};
use crate::returns::{self, InExchange, ReturnDesk};
use crate::shipments::{self, ShipmentDesk};
use crate::stock::{self, CompositionDesk, StockDesk, StockFeed, composition, selling};
use crate::uploads;
use crate::wires;
use attached::{Documents, Tasks};
use info::InfoDesk;

/// The largest request message that is read.
pub const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;
const DRAIN: Duration = Duration::from_secs(25);

/// All there is to write, in the order in which it is written.
pub fn books() -> Books {
    let house = due::books(lanes::books(Books::new()));
    let house = admin::books(incidents::books(parking::books(uploads::books(house))));
    let common = stock::books(ownership::books(house));
    let sold = orders::books(inbox::books(reservations::books(common)));
    let sent = payments::books(invoices::books(shipments::books(sold)));
    credit_notes::books(returns::books(sent))
}

/// All that can be parked, and who tries it again.
pub fn kinds() -> Kinds {
    Kinds::new([
        RetryTasks(Arc::new(OrderTasks)).kind(),
        Kinds::fact::<shipments::Ship>(),
        Kinds::fact::<shipments::CancelShipment>(),
        Kinds::fact::<invoices::Record>(),
        Kinds::fact::<payments::Record>(),
        Kinds::fact::<returns::Receive>(),
        Kinds::fact::<returns::Inspect>(),
        Kinds::fact::<credit_notes::Issue>(),
        Kinds::fact::<credit_notes::Settle>(),
    ])
}

/// All there is to watch.
fn everything(orders: &OrderFeed) -> Everything {
    use changes::source;
    let mut all = vec![
        documents::source(reservations::told, State::Reservation),
        source("stock_level", StockFeed::Kept, Default::default(), State::StockLevel),
        composition::source(),
        ownership::source(),
        source("order", orders.clone(), Default::default(), State::Order),
        documents::source(orders::told_amendment, State::Amendment),
        documents::source(orders::told_cancellation, State::Cancellation),
        documents::source(inbox::told, State::Task),
        documents::source(parking::told, State::Parked),
        documents::source(shipments::told, State::Shipment),
        documents::source(invoices::told, State::Invoice),
        documents::source(payments::told, State::Payment),
        documents::source(returns::told, State::Return),
        documents::source(credit_notes::told, State::CreditNote),
        source("incident", IncidentFeed, Default::default(), State::Incident),
    ];
    all.extend(selling::sources());
    Everything::of(all)
}

/// A server that runs until it is told to stop.
pub struct Server {
    address: SocketAddr,
    tokens: Option<PathBuf>,
    stop: CancellationToken,
    serving: tokio::task::JoinHandle<()>,
    certificates: Option<Arc<Certificates>>,
    pools: Pools,
    /// Stops last: until then answers may still be written.
    embedded: Option<Embedded>,
    hub: Hub,
}

impl Server {
    /// Starts everything, and answers once calls are answered.
    pub async fn start(config: Config) -> Result<Server, String> {
        let told = |cause: &dyn std::fmt::Display| cause.to_string();
        let certificates = guarded(&config)?;
        std::fs::create_dir_all(&config.folder)
            .map_err(|it| format!("cannot make {}: {it}", config.folder.display()))?;
        let (owner, embedded) = match &config.database {
            Database::Embedded => {
                let embedded = Embedded::start(&config.folder).await?;
                (embedded.options(), Some(embedded))
            }
            Database::Url(url) => {
                let options: PgConnectOptions = url.parse().map_err(|it| told(&it))?;
                (options, None)
            }
        };
        migrate(&owner).await.map_err(|it| format!("cannot bring the schema up to date: {it}"))?;
        let incarnation = incarnation::begin_if_moved(&owner).await.map_err(|it| told(&it))?;
        let pools = Pools::new(&owner);
        let process_number: i64 = sqlx::query_scalar("select nextval('process_number')")
            .fetch_one(&mut *pools.reads.of_none().await.map_err(|it| told(&it))?)
            .await
            .map_err(|it| told(&it))?;
        let ids = Ids::new(process_number);

        let stop = CancellationToken::new();
        let hub = Hub::start(&owner, due::is_put, stop.clone());
        let lanes =
            Lanes::new(pools.lanes.clone(), books, config.clock.clone(), Arc::new(hub.clone()));
        let calls_per_second = config.door.calls_per_second;
        let access = Access::new(pools.reads.clone(), config.clock.clone(), calls_per_second);

        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|it| format!("cannot listen on {}: {it}", config.listen))?;
        let address = listener.local_addr().map_err(|it| told(&it))?;
        let tokens = admin::first_start(
            &lanes,
            &pools.reads,
            &ids,
            &config.folder,
            &address.to_string(),
            certificates.is_some(),
            embedded.is_some(),
        )
        .await
        .map_err(|it| told(&it))?;

        let (health, health_service) = tonic_health::server::health_reporter();
        health.set_service_status("", tonic_health::ServingStatus::Serving).await;
        let reflection = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(proto::DESCRIPTORS)
                .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
                // So that grpcurl can show why something was refused.
                .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
        };
        let tokens_of_readers = {
            let mut conn = pools.reads.of_none().await.map_err(|it| told(&it))?;
            Tokens::load(&mut conn).await.map_err(|it| told(&it))?
        };
        let changes = Changes {
            reads: pools.feed.clone(),
            hub: hub.clone(),
            pages: Pages::default(),
            access: access.clone(),
            tokens: tokens_of_readers,
            incarnation: incarnation.clone(),
        };
        let feed = OrderFeed { attachments: Arc::new(Documents) };
        let everything = ChangeDesk { changes: changes.clone(), everything: everything(&feed) };
        let stock = StockDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            changes: changes.clone(),
            back_orders: &ServeOrders,
        };
        let ownership = OwnershipDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            changes: changes.clone(),
        };
        let compositions = CompositionDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            changes: changes.clone(),
        };
        let orders = OrderDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            changes: changes.clone(),
            feed: feed.clone(),
            ids: ids.clone(),
            exchange: &InExchange,
        };
        let subjects: Arc<dyn NoteHandover> = Arc::new(OrderTasks);
        let inbox = InboxDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            changes: changes.clone(),
            clock: config.clock.clone(),
            orders: subjects.clone(),
            tell: Arc::new(Tasks { orders: feed }),
        };
        let kinds = kinds();
        let shelf = Shelf { reads: pools.reads.clone(), changes: changes.clone() };
        let shipments =
            ShipmentDesk { lanes: lanes.clone(), shelf: shelf.clone(), ids: ids.clone() };
        let invoices = InvoiceDesk { lanes: lanes.clone(), shelf: shelf.clone(), ids: ids.clone() };
        let payments = PaymentDesk { lanes: lanes.clone(), shelf: shelf.clone(), ids: ids.clone() };
        let returns = ReturnDesk { lanes: lanes.clone(), shelf: shelf.clone(), ids: ids.clone() };
        let reservations = ReservationDesk {
            lanes: lanes.clone(),
            shelf: shelf.clone(),
            ids: ids.clone(),
            back_orders: &ServeOrders,
        };
        let credit_notes = CreditNoteDesk { lanes: lanes.clone(), shelf, ids: ids.clone() };
        let scanner = Scanner {
            reads: pools.reads.clone(),
            lanes: lanes.clone(),
            clock: config.clock.clone(),
            follow: [
                inbox::follow(lanes.clone(), subjects),
                parking::follow(lanes.clone(), kinds.clone()),
                reservations::follow(lanes.clone(), &ServeOrders),
                selling::follow_time(lanes.clone()),
                selling::follow_buffers(lanes.clone(), pools.reads.clone(), &ServeOrders),
                returns::follow(lanes.clone()),
            ]
            .into(),
        };
        tokio::spawn(scanner.run(hub.due(), stop.clone()));
        let parking = ParkingDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            changes: changes.clone(),
            kinds,
        };
        let admin = AdminDesk {
            lanes: lanes.clone(),
            reads: pools.reads.clone(),
            ids: ids.clone(),
            access: access.clone(),
            incarnation: incarnation.clone(),
        };
        let monitoring = MonitoringDesk { reads: pools.reads.clone(), changes: changes.clone() };
        let info = InfoDesk { reads: pools.reads.clone(), incarnation, calls_per_second };

        macro_rules! limited {
            ($service:ty, $desk:expr) => {
                <$service>::new($desk)
                    .max_decoding_message_size(REQUEST_BYTES_MAX)
                    .accept_compressed(CompressionEncoding::Gzip)
            };
        }
        let routes = Routes::new(health_service)
            .add_service(reflection().build_v1().map_err(|it| told(&it))?)
            .add_service(reflection().build_v1alpha().map_err(|it| told(&it))?)
            .add_service(limited!(AdminServiceServer<_>, admin))
            .add_service(limited!(ServerInfoServiceServer<_>, info))
            .add_service(limited!(ChangeServiceServer<_>, everything))
            .add_service(limited!(OwnershipServiceServer<_>, ownership))
            .add_service(limited!(StockServiceServer<_>, stock))
            .add_service(limited!(ReservationServiceServer<_>, reservations))
            .add_service(limited!(CompositionServiceServer<_>, compositions))
            .add_service(limited!(OrderServiceServer<_>, orders))
            .add_service(limited!(InboxServiceServer<_>, inbox))
            .add_service(limited!(MonitoringServiceServer<_>, monitoring))
            .add_service(limited!(ParkingServiceServer<_>, parking))
            .add_service(limited!(ShipmentServiceServer<_>, shipments))
            .add_service(limited!(InvoiceServiceServer<_>, invoices))
            .add_service(limited!(PaymentServiceServer<_>, payments))
            .add_service(limited!(ReturnServiceServer<_>, returns))
            .add_service(limited!(CreditNoteServiceServer<_>, credit_notes));
        let wires = wires::Layer::new(REQUEST_BYTES_MAX, &config.origins)?;
        let service =
            wires.layer(Layer::new(access, config.is_on_loopback()).layer(routes.prepare()));
        let door = Door {
            certificates: certificates.clone(),
            wires,
            connections_max: config.door.connections_max,
            connection_age: config.door.connection_age,
        };
        let stopping = stop.clone();
        tokio::spawn(async move {
            stopping.cancelled().await;
            health.set_service_status("", tonic_health::ServingStatus::NotServing).await;
        });
        let serving = tokio::spawn(door.serve(listener, service, stop.clone()));
        if let Some(certificates) = certificates.clone() {
            tokio::spawn(certificates.follow(stop.clone()));
        }
        Ok(Server { address, tokens, stop, serving, certificates, pools, embedded, hub })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the first tokens were written, if this start wrote them.
    pub fn tokens(&self) -> Option<&PathBuf> {
        self.tokens.as_ref()
    }

    /// Gives new connections the certificate that is in the files now, if it is good.
    pub fn read_certificate_again(&self) {
        if let Some(certificates) = &self.certificates {
            certificates.read_again();
        }
    }

    /// What is published to watchers of this process.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Lets running calls end, for 25 s at most, then stops everything.
    pub async fn stop(self) -> Result<(), String> {
        let Server { stop, mut serving, pools, embedded, .. } = self;
        stop.cancel();
        let ended = tokio::time::timeout(DRAIN, &mut serving).await;
        // With it end all connections that have not ended by themselves.
        serving.abort();
        if tokio::time::timeout(Duration::from_secs(5), pools.close()).await.is_err() {
            tracing::warn!("some connections to the database did not close in time");
        }
        if let Some(embedded) = embedded {
            // Waits for a process, which is no task for a runtime's thread.
            let stopped = tokio::task::spawn_blocking(move || embedded.stop()).await;
            stopped.map_err(|it| it.to_string())?;
        }
        match ended {
            Ok(Ok(())) => Ok(()),
            Ok(Err(panicked)) => Err(panicked.to_string()),
            Err(_) => {
                tracing::warn!("some calls did not end within {DRAIN:?}");
                Ok(())
            }
        }
    }
}

/// The certificates, where there is TLS; refused where calls could be read on their way and nobody
/// has said that this is meant.
fn guarded(config: &Config) -> Result<Option<Arc<Certificates>>, String> {
    let config::Door { tls, insecure_off_loopback, .. } = &config.door;
    if tls.is_none() && !insecure_off_loopback && !config.is_on_loopback() {
        return Err(format!(
            "{} can be reached from other machines, and calls would not be encrypted: give \
             --tls-certificate and --tls-key, or say --insecure-off-loopback if something in front \
             encrypts",
            config.listen
        ));
    }
    let certificates = tls.clone().map(Certificates::read).transpose()?;
    Ok(certificates.map(Arc::new))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Whoever watches everything misses nothing; but what operators keep is theirs.
    #[test]
    fn every_kind_of_the_log_is_told() {
        let of_operators = ["tenant", "environment", "system", "token", "settings"];
        let books = books();
        let written: BTreeSet<_> = books.kinds().filter(|it| !of_operators.contains(it)).collect();
        let everything = everything(&OrderFeed { attachments: Arc::new(Documents) });
        assert_eq!(written, everything.kinds().iter().copied().collect());
    }
}
