use crate::proto;
use crate::{Authorized, Connection};

macro_rules! services {
    ($($method:ident: $module:ident::$client:ident;)+) => {
        impl Connection {
            $(
                /// A client of this service; cheap to make, shares the channel.
                pub fn $method(&self) -> proto::$module::$client<Authorized> {
                    proto::$module::$client::new(self.authorized())
                        .max_decoding_message_size(crate::connection::ANSWER_BYTES_MAX)
                }
            )+
        }
    };
}

services! {
    admin: admin_service_client::AdminServiceClient;
    changes: change_service_client::ChangeServiceClient;
    server_info: server_info_service_client::ServerInfoServiceClient;
    ownership: ownership_service_client::OwnershipServiceClient;
    stock: stock_service_client::StockServiceClient;
    reservations: reservation_service_client::ReservationServiceClient;
    compositions: composition_service_client::CompositionServiceClient;
    orders: order_service_client::OrderServiceClient;
    inbox: inbox_service_client::InboxServiceClient;
    shipments: shipment_service_client::ShipmentServiceClient;
    invoices: invoice_service_client::InvoiceServiceClient;
    payments: payment_service_client::PaymentServiceClient;
    returns: return_service_client::ReturnServiceClient;
    credit_notes: credit_note_service_client::CreditNoteServiceClient;
    parking: parking_service_client::ParkingServiceClient;
    monitoring: monitoring_service_client::MonitoringServiceClient;
}
