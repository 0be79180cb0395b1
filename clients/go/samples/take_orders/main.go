// The ERP takes orders over under its own numbers, ships and invoices them.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"erpsync.dev/erpsync"
	"erpsync.dev/erpsync/gen/erpsyncv1"
)

func main() {
	ctx := context.Background()
	erp, err := erpsync.Open(ctx, os.Getenv("ERPSYNC_ADDRESS"), os.Getenv("ERPSYNC_ERP_TOKEN"))
	if err != nil {
		log.Fatal(err)
	}
	defer erp.Close()

	for {
		work, err := erp.Inbox().LeaseTasks(ctx, &erpsyncv1.LeaseTasksRequest{})
		if err != nil {
			log.Fatal(err)
		}
		if len(work.Tasks) == 0 {
			fmt.Println("nothing waits any more")
			return
		}
		for _, leased := range work.Tasks {
			if err := take(ctx, erp, leased); err != nil {
				log.Fatal(err)
			}
		}
	}
}

func take(ctx context.Context, erp *erpsync.Connection, leased *erpsyncv1.LeasedTask) error {
	order := leased.Order
	number := ""
	if leased.Task.Kind == erpsyncv1.TaskKind_TASK_KIND_ORDER {
		number = "SO-" + order.ExternalOrderId
	}
	answer, err := erp.Inbox().AcknowledgeTasks(ctx, &erpsyncv1.AcknowledgeTasksRequest{
		Tasks: []*erpsyncv1.TaskAcknowledgement{{Lease: leased.Lease, ExternalNumber: number}},
	})
	if err != nil {
		return err
	}
	if problem := answer.Results[0].Problem; problem != nil {
		return fmt.Errorf("%s %s: %s", leased.Task.Kind, leased.Task.ExternalId, problem.Message)
	}
	if number == "" {
		fmt.Println("noted", leased.Task.Kind, leased.Task.ExternalId)
		return nil
	}
	if err := ship(ctx, erp, order); err != nil {
		return err
	}
	if err := invoice(ctx, erp, order); err != nil {
		return err
	}
	fmt.Println("took", number, "of", order.Total, order.CurrencyCode)
	return nil
}

func ship(ctx context.Context, erp *erpsync.Connection, order *erpsyncv1.Order) error {
	request := &erpsyncv1.CreateShipmentRequest{
		ExternalShipmentId: "DN-" + order.ExternalOrderId,
		Order:              erpsync.OrderID(order.OrderId),
	}
	for n, line := range order.Lines {
		if open := order.Quantities[n].Open; open != "0" {
			request.Lines = append(request.Lines, &erpsyncv1.ShipmentLine{LineId: line.LineId, Quantity: open})
		}
	}
	_, err := erp.Shipments().CreateShipment(ctx, request)
	return err
}

func invoice(ctx context.Context, erp *erpsync.Connection, order *erpsyncv1.Order) error {
	request := &erpsyncv1.RecordInvoiceRequest{
		ExternalInvoiceId: "IN-" + order.ExternalOrderId,
		Order:             erpsync.OrderID(order.OrderId),
		InvoiceDate:       "2026-11-23",
		CurrencyCode:      order.CurrencyCode,
		PriceMode:         order.PriceMode,
		RoundingMode:      order.RoundingMode,
		Charges:           order.Charges,
		TaxTotals:         order.TaxTotals,
		Total:             order.Total,
	}
	for _, line := range order.Lines {
		request.Lines = append(request.Lines, &erpsyncv1.InvoiceLine{
			InvoiceLineId: line.LineId,
			OrderLineId:   line.LineId,
			Quantity:      line.Quantity,
			UnitPrice:     line.UnitPrice,
			Discount:      line.Discount,
			Amount:        line.Amount,
			Taxes:         line.Taxes,
		})
	}
	_, err := erp.Invoices().RecordInvoice(ctx, request)
	return err
}
