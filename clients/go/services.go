package erpsync

import "erpsync.dev/erpsync/gen/erpsyncv1"

// The generated clients of all services, over this connection. They cost nothing to make.

// Admin is for operators: tenants, environments, systems, tokens, audit.
func (c *Connection) Admin() erpsyncv1.AdminServiceClient {
	return erpsyncv1.NewAdminServiceClient(c)
}

// Changes is everything that changes, for tools that copy, audit or count.
func (c *Connection) Changes() erpsyncv1.ChangeServiceClient {
	return erpsyncv1.NewChangeServiceClient(c)
}

// Compositions says which articles are made of others.
func (c *Connection) Compositions() erpsyncv1.CompositionServiceClient {
	return erpsyncv1.NewCompositionServiceClient(c)
}

// CreditNotes is what lowers invoices.
func (c *Connection) CreditNotes() erpsyncv1.CreditNoteServiceClient {
	return erpsyncv1.NewCreditNoteServiceClient(c)
}

// Inbox is the work that waits for the ERP.
func (c *Connection) Inbox() erpsyncv1.InboxServiceClient {
	return erpsyncv1.NewInboxServiceClient(c)
}

// Invoices is what the ERP has invoiced.
func (c *Connection) Invoices() erpsyncv1.InvoiceServiceClient {
	return erpsyncv1.NewInvoiceServiceClient(c)
}

// Monitoring is what somebody should look at.
func (c *Connection) Monitoring() erpsyncv1.MonitoringServiceClient {
	return erpsyncv1.NewMonitoringServiceClient(c)
}

// Orders is what shops submit.
func (c *Connection) Orders() erpsyncv1.OrderServiceClient {
	return erpsyncv1.NewOrderServiceClient(c)
}

// Ownership says which system leads which data.
func (c *Connection) Ownership() erpsyncv1.OwnershipServiceClient {
	return erpsyncv1.NewOwnershipServiceClient(c)
}

// Parking is what waits for something that is not known yet.
func (c *Connection) Parking() erpsyncv1.ParkingServiceClient {
	return erpsyncv1.NewParkingServiceClient(c)
}

// Payments is what was paid of orders.
func (c *Connection) Payments() erpsyncv1.PaymentServiceClient {
	return erpsyncv1.NewPaymentServiceClient(c)
}

// Reservations holds units for carts.
func (c *Connection) Reservations() erpsyncv1.ReservationServiceClient {
	return erpsyncv1.NewReservationServiceClient(c)
}

// Returns is goods on their way back.
func (c *Connection) Returns() erpsyncv1.ReturnServiceClient {
	return erpsyncv1.NewReturnServiceClient(c)
}

// ServerInfo says what the server is, and who the caller is to it.
func (c *Connection) ServerInfo() erpsyncv1.ServerInfoServiceClient {
	return erpsyncv1.NewServerInfoServiceClient(c)
}

// Shipments is goods that leave.
func (c *Connection) Shipments() erpsyncv1.ShipmentServiceClient {
	return erpsyncv1.NewShipmentServiceClient(c)
}

// Stock is what lies where, and what may be sold.
func (c *Connection) Stock() erpsyncv1.StockServiceClient {
	return erpsyncv1.NewStockServiceClient(c)
}
