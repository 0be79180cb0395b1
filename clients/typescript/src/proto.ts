// All messages, enums and services of the API. Comments stand on each, as in proto/.

export * from "../gen/erpsync/v1/admin_pb.js";
export * from "../gen/erpsync/v1/change_service_pb.js";
export * from "../gen/erpsync/v1/changes_pb.js";
export * from "../gen/erpsync/v1/common_pb.js";
export * from "../gen/erpsync/v1/compositions_pb.js";
export * from "../gen/erpsync/v1/credit_notes_pb.js";
export * from "../gen/erpsync/v1/document_pb.js";
export * from "../gen/erpsync/v1/error_pb.js";
export * from "../gen/erpsync/v1/inbox_pb.js";
export * from "../gen/erpsync/v1/invoices_pb.js";
export * from "../gen/erpsync/v1/monitoring_pb.js";
export * from "../gen/erpsync/v1/orders_pb.js";
export * from "../gen/erpsync/v1/ownership_pb.js";
export * from "../gen/erpsync/v1/parking_pb.js";
export * from "../gen/erpsync/v1/payments_pb.js";
export * from "../gen/erpsync/v1/reservations_pb.js";
export * from "../gen/erpsync/v1/returns_pb.js";
export * from "../gen/erpsync/v1/server_info_pb.js";
export * from "../gen/erpsync/v1/shipments_pb.js";
export * from "../gen/erpsync/v1/stock_pb.js";
