// This file is @generated from proto/ by clients/rust/generate.

// Every single call, by its path: what it takes and answers, whether it has a `request_id` that may be
// made for it (`Identified`), and whether it may wait for news (`Waits`).
single! {
    "/erpsync.v1.AdminService/CreateEnvironment" = admin.create_environment(CreateEnvironmentRequest) -> CreateEnvironmentResponse, Identified;
    "/erpsync.v1.AdminService/CreateSystem" = admin.create_system(CreateSystemRequest) -> CreateSystemResponse, Identified;
    "/erpsync.v1.AdminService/CreateTenant" = admin.create_tenant(CreateTenantRequest) -> CreateTenantResponse, Identified;
    "/erpsync.v1.AdminService/CreateToken" = admin.create_token(CreateTokenRequest) -> CreateTokenResponse, Identified;
    "/erpsync.v1.AdminService/DeclareRestore" = admin.declare_restore(DeclareRestoreRequest) -> DeclareRestoreResponse, Identified;
    "/erpsync.v1.AdminService/ListEnvironments" = admin.list_environments(ListEnvironmentsRequest) -> ListEnvironmentsResponse, Plain;
    "/erpsync.v1.AdminService/ListSystems" = admin.list_systems(ListSystemsRequest) -> ListSystemsResponse, Plain;
    "/erpsync.v1.AdminService/ListTenants" = admin.list_tenants(ListTenantsRequest) -> ListTenantsResponse, Plain;
    "/erpsync.v1.AdminService/ListTokens" = admin.list_tokens(ListTokensRequest) -> ListTokensResponse, Plain;
    "/erpsync.v1.AdminService/RevokeToken" = admin.revoke_token(RevokeTokenRequest) -> RevokeTokenResponse, Identified;
    "/erpsync.v1.AdminService/RotateToken" = admin.rotate_token(RotateTokenRequest) -> RotateTokenResponse, Identified;
    "/erpsync.v1.AdminService/UpdateEnvironment" = admin.update_environment(UpdateEnvironmentRequest) -> UpdateEnvironmentResponse, Identified;
    "/erpsync.v1.ChangeService/GetHead" = changes.get_head(GetHeadRequest) -> GetHeadResponse, Plain;
    "/erpsync.v1.ChangeService/ReadChanges" = changes.read_changes(ReadChangesRequest) -> ReadChangesResponse, Waits;
    "/erpsync.v1.CompositionService/GetComposition" = compositions.get_composition(GetCompositionRequest) -> GetCompositionResponse, Plain;
    "/erpsync.v1.CompositionService/ListCompositions" = compositions.list_compositions(ListCompositionsRequest) -> ListCompositionsResponse, Plain;
    "/erpsync.v1.CompositionService/SetCompositions" = compositions.set_compositions(SetCompositionsRequest) -> SetCompositionsResponse, Identified;
    "/erpsync.v1.CreditNoteService/GetCreditNote" = credit_notes.get_credit_note(GetCreditNoteRequest) -> GetCreditNoteResponse, Plain;
    "/erpsync.v1.CreditNoteService/IssueCreditNote" = credit_notes.issue_credit_note(IssueCreditNoteRequest) -> IssueCreditNoteResponse, Plain;
    "/erpsync.v1.CreditNoteService/ListCreditNotes" = credit_notes.list_credit_notes(ListCreditNotesRequest) -> ListCreditNotesResponse, Plain;
    "/erpsync.v1.CreditNoteService/PreviewCreditNote" = credit_notes.preview_credit_note(PreviewCreditNoteRequest) -> PreviewCreditNoteResponse, Plain;
    "/erpsync.v1.CreditNoteService/ReadCreditNoteChanges" = credit_notes.read_credit_note_changes(ReadCreditNoteChangesRequest) -> ReadCreditNoteChangesResponse, Waits;
    "/erpsync.v1.CreditNoteService/SettleCreditNote" = credit_notes.settle_credit_note(SettleCreditNoteRequest) -> SettleCreditNoteResponse, Plain;
    "/erpsync.v1.InboxService/AcknowledgeTasks" = inbox.acknowledge_tasks(AcknowledgeTasksRequest) -> AcknowledgeTasksResponse, Plain;
    "/erpsync.v1.InboxService/DeferTasks" = inbox.defer_tasks(DeferTasksRequest) -> DeferTasksResponse, Plain;
    "/erpsync.v1.InboxService/ExtendLeases" = inbox.extend_leases(ExtendLeasesRequest) -> ExtendLeasesResponse, Plain;
    "/erpsync.v1.InboxService/LeaseTasks" = inbox.lease_tasks(LeaseTasksRequest) -> LeaseTasksResponse, Waits;
    "/erpsync.v1.InboxService/RefuseTasks" = inbox.refuse_tasks(RefuseTasksRequest) -> RefuseTasksResponse, Plain;
    "/erpsync.v1.InvoiceService/GetInvoice" = invoices.get_invoice(GetInvoiceRequest) -> GetInvoiceResponse, Plain;
    "/erpsync.v1.InvoiceService/ListInvoices" = invoices.list_invoices(ListInvoicesRequest) -> ListInvoicesResponse, Plain;
    "/erpsync.v1.InvoiceService/RecordInvoice" = invoices.record_invoice(RecordInvoiceRequest) -> RecordInvoiceResponse, Plain;
    "/erpsync.v1.MonitoringService/ListIncidents" = monitoring.list_incidents(ListIncidentsRequest) -> ListIncidentsResponse, Plain;
    "/erpsync.v1.MonitoringService/ReadIncidentChanges" = monitoring.read_incident_changes(ReadIncidentChangesRequest) -> ReadIncidentChangesResponse, Waits;
    "/erpsync.v1.OrderService/AmendOrder" = orders.amend_order(AmendOrderRequest) -> AmendOrderResponse, Plain;
    "/erpsync.v1.OrderService/AnswerAmendment" = orders.answer_amendment(AnswerAmendmentRequest) -> AnswerAmendmentResponse, Identified;
    "/erpsync.v1.OrderService/AnswerCancellation" = orders.answer_cancellation(AnswerCancellationRequest) -> AnswerCancellationResponse, Identified;
    "/erpsync.v1.OrderService/GetOrder" = orders.get_order(GetOrderRequest) -> GetOrderResponse, Plain;
    "/erpsync.v1.OrderService/HoldOrder" = orders.hold_order(HoldOrderRequest) -> HoldOrderResponse, Identified;
    "/erpsync.v1.OrderService/ListOrders" = orders.list_orders(ListOrdersRequest) -> ListOrdersResponse, Plain;
    "/erpsync.v1.OrderService/ReadOrderChanges" = orders.read_order_changes(ReadOrderChangesRequest) -> ReadOrderChangesResponse, Waits;
    "/erpsync.v1.OrderService/RequestCancellation" = orders.request_cancellation(RequestCancellationRequest) -> RequestCancellationResponse, Plain;
    "/erpsync.v1.OrderService/ResumeOrder" = orders.resume_order(ResumeOrderRequest) -> ResumeOrderResponse, Identified;
    "/erpsync.v1.OrderService/SubmitOrder" = orders.submit_order(SubmitOrderRequest) -> SubmitOrderResponse, Plain;
    "/erpsync.v1.OwnershipService/GetOwnership" = ownership.get_ownership(GetOwnershipRequest) -> GetOwnershipResponse, Plain;
    "/erpsync.v1.OwnershipService/ListOwnership" = ownership.list_ownership(ListOwnershipRequest) -> ListOwnershipResponse, Plain;
    "/erpsync.v1.OwnershipService/SetOwnership" = ownership.set_ownership(SetOwnershipRequest) -> SetOwnershipResponse, Identified;
    "/erpsync.v1.ParkingService/DiscardParked" = parking.discard_parked(DiscardParkedRequest) -> DiscardParkedResponse, Plain;
    "/erpsync.v1.ParkingService/ListParked" = parking.list_parked(ListParkedRequest) -> ListParkedResponse, Plain;
    "/erpsync.v1.ParkingService/RetryParked" = parking.retry_parked(RetryParkedRequest) -> RetryParkedResponse, Plain;
    "/erpsync.v1.PaymentService/GetPaymentSummary" = payments.get_payment_summary(GetPaymentSummaryRequest) -> GetPaymentSummaryResponse, Plain;
    "/erpsync.v1.PaymentService/RecordPayment" = payments.record_payment(RecordPaymentRequest) -> RecordPaymentResponse, Plain;
    "/erpsync.v1.ReservationService/ConsumeReservation" = reservations.consume_reservation(ConsumeReservationRequest) -> ConsumeReservationResponse, Identified;
    "/erpsync.v1.ReservationService/CreateReservation" = reservations.create_reservation(CreateReservationRequest) -> CreateReservationResponse, Plain;
    "/erpsync.v1.ReservationService/ExtendReservation" = reservations.extend_reservation(ExtendReservationRequest) -> ExtendReservationResponse, Identified;
    "/erpsync.v1.ReservationService/GetReservation" = reservations.get_reservation(GetReservationRequest) -> GetReservationResponse, Plain;
    "/erpsync.v1.ReservationService/ReleaseReservation" = reservations.release_reservation(ReleaseReservationRequest) -> ReleaseReservationResponse, Identified;
    "/erpsync.v1.ReturnService/ApproveReturn" = returns.approve_return(ApproveReturnRequest) -> ApproveReturnResponse, Identified;
    "/erpsync.v1.ReturnService/CloseReturn" = returns.close_return(CloseReturnRequest) -> CloseReturnResponse, Identified;
    "/erpsync.v1.ReturnService/DeclineReturn" = returns.decline_return(DeclineReturnRequest) -> DeclineReturnResponse, Identified;
    "/erpsync.v1.ReturnService/GetReturn" = returns.get_return(GetReturnRequest) -> GetReturnResponse, Plain;
    "/erpsync.v1.ReturnService/InspectReturn" = returns.inspect_return(InspectReturnRequest) -> InspectReturnResponse, Plain;
    "/erpsync.v1.ReturnService/ListReturns" = returns.list_returns(ListReturnsRequest) -> ListReturnsResponse, Plain;
    "/erpsync.v1.ReturnService/ReadReturnChanges" = returns.read_return_changes(ReadReturnChangesRequest) -> ReadReturnChangesResponse, Waits;
    "/erpsync.v1.ReturnService/ReceiveReturn" = returns.receive_return(ReceiveReturnRequest) -> ReceiveReturnResponse, Plain;
    "/erpsync.v1.ReturnService/RequestReturn" = returns.request_return(RequestReturnRequest) -> RequestReturnResponse, Plain;
    "/erpsync.v1.ServerInfoService/GetServerInfo" = server_info.get_server_info(GetServerInfoRequest) -> GetServerInfoResponse, Plain;
    "/erpsync.v1.ShipmentService/CancelOrderLines" = shipments.cancel_order_lines(CancelOrderLinesRequest) -> CancelOrderLinesResponse, Identified;
    "/erpsync.v1.ShipmentService/CancelShipment" = shipments.cancel_shipment(CancelShipmentRequest) -> CancelShipmentResponse, Plain;
    "/erpsync.v1.ShipmentService/CreateShipment" = shipments.create_shipment(CreateShipmentRequest) -> CreateShipmentResponse, Plain;
    "/erpsync.v1.ShipmentService/GetShipment" = shipments.get_shipment(GetShipmentRequest) -> GetShipmentResponse, Plain;
    "/erpsync.v1.ShipmentService/ListShipments" = shipments.list_shipments(ListShipmentsRequest) -> ListShipmentsResponse, Plain;
    "/erpsync.v1.StockService/AdjustStock" = stock.adjust_stock(AdjustStockRequest) -> AdjustStockResponse, Identified;
    "/erpsync.v1.StockService/AssignLocations" = stock.assign_locations(AssignLocationsRequest) -> AssignLocationsResponse, Identified;
    "/erpsync.v1.StockService/GetStock" = stock.get_stock(GetStockRequest) -> GetStockResponse, Plain;
    "/erpsync.v1.StockService/ListAssignments" = stock.list_assignments(ListAssignmentsRequest) -> ListAssignmentsResponse, Plain;
    "/erpsync.v1.StockService/ListBuffers" = stock.list_buffers(ListBuffersRequest) -> ListBuffersResponse, Plain;
    "/erpsync.v1.StockService/ListSellability" = stock.list_sellability(ListSellabilityRequest) -> ListSellabilityResponse, Plain;
    "/erpsync.v1.StockService/ListStock" = stock.list_stock(ListStockRequest) -> ListStockResponse, Plain;
    "/erpsync.v1.StockService/ListStockMovements" = stock.list_stock_movements(ListStockMovementsRequest) -> ListStockMovementsResponse, Plain;
    "/erpsync.v1.StockService/ReadStockChanges" = stock.read_stock_changes(ReadStockChangesRequest) -> ReadStockChangesResponse, Waits;
    "/erpsync.v1.StockService/SetBuffers" = stock.set_buffers(SetBuffersRequest) -> SetBuffersResponse, Identified;
    "/erpsync.v1.StockService/SetSellability" = stock.set_sellability(SetSellabilityRequest) -> SetSellabilityResponse, Plain;
    "/erpsync.v1.StockService/SetStock" = stock.set_stock(SetStockRequest) -> SetStockResponse, Identified;
}

// Every stream that can be resumed: what it takes, its messages, and where their events are.
watches! {
    "/erpsync.v1.ChangeService/WatchChanges" = changes.watch_changes(WatchChangesRequest) -> WatchChangesResponse, watch_changes_response;
    "/erpsync.v1.CreditNoteService/WatchCreditNotes" = credit_notes.watch_credit_notes(WatchCreditNotesRequest) -> WatchCreditNotesResponse, watch_credit_notes_response;
    "/erpsync.v1.MonitoringService/WatchIncidents" = monitoring.watch_incidents(WatchIncidentsRequest) -> WatchIncidentsResponse, watch_incidents_response;
    "/erpsync.v1.OrderService/WatchOrders" = orders.watch_orders(WatchOrdersRequest) -> WatchOrdersResponse, watch_orders_response;
    "/erpsync.v1.ReturnService/WatchReturns" = returns.watch_returns(WatchReturnsRequest) -> WatchReturnsResponse, watch_returns_response;
    "/erpsync.v1.StockService/WatchStock" = stock.watch_stock(WatchStockRequest) -> WatchStockResponse, watch_stock_response;
}

// Every call that answers a page: what of it are the items.
lists! {
    "/erpsync.v1.AdminService/ListEnvironments" = admin.list_environments(ListEnvironmentsRequest) -> ListEnvironmentsResponse.environments: EnvironmentInfo;
    "/erpsync.v1.AdminService/ListSystems" = admin.list_systems(ListSystemsRequest) -> ListSystemsResponse.systems: SystemInfo;
    "/erpsync.v1.AdminService/ListTenants" = admin.list_tenants(ListTenantsRequest) -> ListTenantsResponse.tenants: Tenant;
    "/erpsync.v1.AdminService/ListTokens" = admin.list_tokens(ListTokensRequest) -> ListTokensResponse.tokens: TokenInfo;
    "/erpsync.v1.CompositionService/ListCompositions" = compositions.list_compositions(ListCompositionsRequest) -> ListCompositionsResponse.compositions: Composition;
    "/erpsync.v1.CreditNoteService/ListCreditNotes" = credit_notes.list_credit_notes(ListCreditNotesRequest) -> ListCreditNotesResponse.credit_notes: CreditNote;
    "/erpsync.v1.InvoiceService/ListInvoices" = invoices.list_invoices(ListInvoicesRequest) -> ListInvoicesResponse.invoices: Invoice;
    "/erpsync.v1.MonitoringService/ListIncidents" = monitoring.list_incidents(ListIncidentsRequest) -> ListIncidentsResponse.incidents: Incident;
    "/erpsync.v1.OrderService/ListOrders" = orders.list_orders(ListOrdersRequest) -> ListOrdersResponse.orders: Order;
    "/erpsync.v1.OwnershipService/ListOwnership" = ownership.list_ownership(ListOwnershipRequest) -> ListOwnershipResponse.ownerships: Ownership;
    "/erpsync.v1.ParkingService/ListParked" = parking.list_parked(ListParkedRequest) -> ListParkedResponse.parked: Parked;
    "/erpsync.v1.ReturnService/ListReturns" = returns.list_returns(ListReturnsRequest) -> ListReturnsResponse.returns: Return;
    "/erpsync.v1.ShipmentService/ListShipments" = shipments.list_shipments(ListShipmentsRequest) -> ListShipmentsResponse.shipments: Shipment;
    "/erpsync.v1.StockService/ListAssignments" = stock.list_assignments(ListAssignmentsRequest) -> ListAssignmentsResponse.assignments: StockAssignment;
    "/erpsync.v1.StockService/ListBuffers" = stock.list_buffers(ListBuffersRequest) -> ListBuffersResponse.buffers: StockBuffer;
    "/erpsync.v1.StockService/ListSellability" = stock.list_sellability(ListSellabilityRequest) -> ListSellabilityResponse.articles: Sellability;
    "/erpsync.v1.StockService/ListStock" = stock.list_stock(ListStockRequest) -> ListStockResponse.levels: StockLevel;
    "/erpsync.v1.StockService/ListStockMovements" = stock.list_stock_movements(ListStockMovementsRequest) -> ListStockMovementsResponse.movements: StockMovement;
}
