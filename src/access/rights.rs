use super::SystemKind::{self, Erp, Operator, Shop, Tool};

/// Which kinds of system may call a method.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// `erpsync.v1.StockService/SetStock`
    pub method: &'static str,
    /// Who may call it.
    pub kinds: &'static [SystemKind],
}

const EVERYBODY: &[SystemKind] = &[Erp, Shop, Tool, Operator];
const ALL_SYSTEMS: &[SystemKind] = &[Erp, Shop, Tool];
const OPERATOR: &[SystemKind] = &[Operator];
const ERP: &[SystemKind] = &[Erp];
const SHOP: &[SystemKind] = &[Shop];
const ERP_AND_SHOP: &[SystemKind] = &[Erp, Shop];
const ERP_AND_TOOL: &[SystemKind] = &[Erp, Tool];

macro_rules! rights {
    ($($service:literal { $($method:literal: $kinds:expr,)+ })+) => {
        &[$($(Right { method: concat!("erpsync.v1.", $service, "/", $method), kinds: $kinds },)+)+]
    };
}

/// The whole table; a method that is not in it may be called by nobody.
pub const RIGHTS: &[Right] = rights! {
    "AdminService" {
        "CreateTenant": OPERATOR,
        "ListTenants": OPERATOR,
        "CreateEnvironment": OPERATOR,
        "UpdateEnvironment": OPERATOR,
        "ListEnvironments": OPERATOR,
        "CreateSystem": OPERATOR,
        "ListSystems": OPERATOR,
        "CreateToken": OPERATOR,
        "ListTokens": OPERATOR,
        "RevokeToken": OPERATOR,
        "DeclareRestore": OPERATOR,
    }
    "ServerInfoService" {
        "GetServerInfo": EVERYBODY,
    }
    "StockService" {
        "SetStock": ERP,
        "AdjustStock": ERP,
        "GetStock": ALL_SYSTEMS,
        "ListStock": ALL_SYSTEMS,
        "ListStockMovements": ALL_SYSTEMS,
        "WatchStock": ALL_SYSTEMS,
        "ReadStockChanges": ALL_SYSTEMS,
    }
    "OrderService" {
        "SubmitOrder": SHOP,
        "GetOrder": ALL_SYSTEMS,
        "ListOrders": ALL_SYSTEMS,
        "WatchOrders": ALL_SYSTEMS,
        "ReadOrderChanges": ALL_SYSTEMS,
    }
    "InboxService" {
        "LeaseTasks": ERP,
        "AcknowledgeTasks": ERP,
        "DeferTasks": ERP,
        "RefuseTasks": ERP,
        "ExtendLeases": ERP,
    }
    "ShipmentService" {
        "CreateShipment": ERP,
        "CancelOrderLines": ERP,
        "GetShipment": ALL_SYSTEMS,
        "ListShipments": ALL_SYSTEMS,
    }
    "InvoiceService" {
        "RecordInvoice": ERP,
        "GetInvoice": ALL_SYSTEMS,
        "ListInvoices": ALL_SYSTEMS,
    }
    "ReturnService" {
        "RequestReturn": ERP_AND_SHOP,
        "ApproveReturn": ERP_AND_SHOP,
        "DeclineReturn": ERP_AND_SHOP,
        "ReceiveReturn": ERP,
        "GetReturn": ALL_SYSTEMS,
        "ListReturns": ALL_SYSTEMS,
    }
    "CreditNoteService" {
        "IssueCreditNote": ERP,
        "GetCreditNote": ALL_SYSTEMS,
        "ListCreditNotes": ALL_SYSTEMS,
    }
    "ParkingService" {
        "ListParked": ALL_SYSTEMS,
        "RetryParked": ERP_AND_TOOL,
    }
    "ChangeService" {
        "WatchChanges": ERP_AND_TOOL,
        "ReadChanges": ERP_AND_TOOL,
        "GetHead": ALL_SYSTEMS,
    }
};

/// Who may call this method, if there is such a method.
pub fn of(method: &str) -> Option<&'static [SystemKind]> {
    RIGHTS.iter().find(|it| it.method == method).map(|it| it.kinds)
}
