use std::collections::BTreeSet;
use std::sync::LazyLock;

use prost::Message as _;
use prost_types::method_options::IdempotencyLevel::NoSideEffects;

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
const TOOL: &[SystemKind] = &[Tool];
const ERP_AND_SHOP: &[SystemKind] = &[Erp, Shop];
const ERP_AND_TOOL: &[SystemKind] = &[Erp, Tool];
const SHOP_AND_TOOL: &[SystemKind] = &[Shop, Tool];

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
        "RotateToken": OPERATOR,
        "RevokeToken": OPERATOR,
        "DeclareRestore": OPERATOR,
    }
    "ServerInfoService" {
        "GetServerInfo": EVERYBODY,
    }
    "OwnershipService" {
        "SetOwnership": TOOL,
        "GetOwnership": ALL_SYSTEMS,
        "ListOwnership": ALL_SYSTEMS,
    }
    "StockService" {
        "SetStock": ERP,
        "PushStock": ERP,
        "AdjustStock": ERP,
        "GetStock": ALL_SYSTEMS,
        "ListStock": ALL_SYSTEMS,
        "ListStockMovements": ALL_SYSTEMS,
        "WatchStock": ALL_SYSTEMS,
        "ReadStockChanges": ALL_SYSTEMS,
        "AssignLocations": ERP_AND_TOOL,
        "ListAssignments": ALL_SYSTEMS,
        "SetBuffers": ERP_AND_TOOL,
        "ListBuffers": ALL_SYSTEMS,
        "SetSellability": ERP,
        "ListSellability": ALL_SYSTEMS,
    }
    "ReservationService" {
        "CreateReservation": ERP_AND_SHOP,
        "ConsumeReservation": ERP_AND_SHOP,
        "ReleaseReservation": ALL_SYSTEMS,
        "ExtendReservation": ERP_AND_SHOP,
        "GetReservation": ALL_SYSTEMS,
    }
    "CompositionService" {
        "SetCompositions": ERP_AND_TOOL,
        "GetComposition": ALL_SYSTEMS,
        "ListCompositions": ALL_SYSTEMS,
    }
    "OrderService" {
        "SubmitOrder": SHOP,
        "AmendOrder": SHOP,
        "AnswerAmendment": ERP,
        "HoldOrder": ALL_SYSTEMS,
        "ResumeOrder": ALL_SYSTEMS,
        "RequestCancellation": SHOP_AND_TOOL,
        "AnswerCancellation": ERP,
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
        "StreamTasks": ERP,
    }
    "ShipmentService" {
        "CreateShipment": ERP,
        "CancelShipment": ERP,
        "CancelOrderLines": ERP,
        "GetShipment": ALL_SYSTEMS,
        "ListShipments": ALL_SYSTEMS,
    }
    "InvoiceService" {
        "RecordInvoice": ERP,
        "GetInvoice": ALL_SYSTEMS,
        "ListInvoices": ALL_SYSTEMS,
    }
    "PaymentService" {
        "RecordPayment": ERP_AND_SHOP,
        "GetPaymentSummary": ALL_SYSTEMS,
    }
    "ReturnService" {
        "RequestReturn": ERP_AND_SHOP,
        "ApproveReturn": ERP_AND_SHOP,
        "DeclineReturn": ERP_AND_SHOP,
        "ReceiveReturn": ERP,
        "InspectReturn": ERP,
        "CloseReturn": ERP_AND_SHOP,
        "GetReturn": ALL_SYSTEMS,
        "ListReturns": ALL_SYSTEMS,
        "WatchReturns": ALL_SYSTEMS,
        "ReadReturnChanges": ALL_SYSTEMS,
    }
    "CreditNoteService" {
        "PreviewCreditNote": ALL_SYSTEMS,
        "IssueCreditNote": ERP,
        "SettleCreditNote": ERP_AND_SHOP,
        "GetCreditNote": ALL_SYSTEMS,
        "ListCreditNotes": ALL_SYSTEMS,
        "WatchCreditNotes": ALL_SYSTEMS,
        "ReadCreditNoteChanges": ALL_SYSTEMS,
    }
    "MonitoringService" {
        "ListIncidents": ALL_SYSTEMS,
        "WatchIncidents": ALL_SYSTEMS,
        "ReadIncidentChanges": ALL_SYSTEMS,
    }
    "ParkingService" {
        "ListParked": ALL_SYSTEMS,
        "RetryParked": ERP_AND_TOOL,
        "DiscardParked": ERP_AND_TOOL,
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

/// Calls that change nothing, by their own word in the descriptors; and watches.
static READS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let all = prost_types::FileDescriptorSet::decode(crate::proto::DESCRIPTORS).unwrap_or_default();
    let services = all.file.iter().flat_map(|it| it.service.iter().map(move |of| (it, of)));
    let methods = services.flat_map(|(file, service)| {
        let reads = service.method.iter().filter(|it| {
            let says_so =
                it.options.as_ref().is_some_and(|it| it.idempotency_level() == NoSideEffects);
            says_so || it.server_streaming() && !it.client_streaming()
        });
        reads.map(move |it| format!("{}.{}/{}", file.package(), service.name(), it.name()))
    });
    methods.collect()
});

/// Whether a call changes nothing.
pub fn only_reads(method: &str) -> bool {
    READS.contains(method)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as people read it.
    fn as_markdown() -> String {
        let mut text = String::from(
            "# Who may call what\n\n\
            Generated from `src/access/rights.rs`; `UPDATE=1 cargo test --lib access::rights` writes it \
            anew.\n\n\
            The kind of a system is chosen when it is created. A call that is not in its column is \
            refused with\n`PERMISSION_DENIED SCOPE_MISSING`; a call without a good token with \
            `UNAUTHENTICATED TOKEN_INVALID`.\n`grpc.health.v1` and, on loopback, reflection need no \
            token. What a system may see and change within\na call that it may make, the call's own \
            documentation says.\n\nA token may be narrowed when it is created, to calls that only read \
            and to calls and services by\nname.\n\n\
            | call | erp | shop | tool | operator | only reads |\n|---|---|---|---|---|---|\n",
        );
        for Right { method, kinds } in RIGHTS {
            let name = method.trim_start_matches("erpsync.v1.").replace('/', ".");
            let cells =
                [Erp, Shop, Tool, Operator].map(|it| if kinds.contains(&it) { "yes" } else { "" });
            let reads = if only_reads(method) { "yes" } else { "" };
            text.push_str(&format!("| {name} | {} | {reads} |\n", cells.join(" | ")));
        }
        text
    }

    /// Every call that the API has: `erpsync.v1.StockService/SetStock`.
    fn methods() -> BTreeSet<String> {
        let all = prost_types::FileDescriptorSet::decode(crate::proto::DESCRIPTORS).unwrap();
        let mut methods = BTreeSet::new();
        for file in all.file.iter().filter(|it| it.package() == "erpsync.v1") {
            for service in &file.service {
                let name = |it: &str| format!("erpsync.v1.{}/{it}", service.name());
                methods.extend(service.method.iter().map(|it| name(it.name())));
            }
        }
        methods
    }

    #[test]
    fn every_call_has_a_right() {
        let methods = methods();
        assert!(11 < methods.len());
        let without: Vec<_> = methods.iter().filter(|it| of(it).is_none()).collect();
        assert!(without.is_empty(), "nobody may call {without:?}");
        let mut seen = BTreeSet::new();
        assert!(RIGHTS.iter().all(|it| seen.insert(it.method)), "a call with two rights");
    }

    #[test]
    fn every_right_is_of_a_call() {
        let methods = methods();
        let strays: Vec<_> =
            RIGHTS.iter().map(|it| it.method).filter(|it| !methods.contains(*it)).collect();
        assert!(strays.is_empty(), "there is no {strays:?}");
    }

    #[test]
    fn operators_stand_apart() {
        for Right { method, kinds } in RIGHTS {
            let for_operators = method.starts_with("erpsync.v1.AdminService/");
            let for_all = *method == "erpsync.v1.ServerInfoService/GetServerInfo";
            assert_eq!(kinds.contains(&Operator), for_operators || for_all, "{method}");
            assert_eq!(*kinds == [Operator], for_operators, "{method}");
        }
    }

    #[test]
    fn the_documentation_says_the_same() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api/rights.md");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::create_dir_all(std::path::Path::new(path).parent().unwrap()).unwrap();
            std::fs::write(path, as_markdown()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap();
        assert!(written == as_markdown(), "docs/api/rights.md is old: write it with UPDATE=1");
    }
}
