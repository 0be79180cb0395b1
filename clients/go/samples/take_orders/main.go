// The ERP takes orders over under its own numbers, ships what is open of them and invoices it.
package main

import (
	"context"
	"fmt"
	"log"
	"math/big"
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

	work, err := erp.Inbox().LeaseTasks(ctx, &erpsyncv1.LeaseTasksRequest{MaxTasks: 10})
	if err != nil {
		log.Fatal(err)
	}
	if len(work.Tasks) == 0 {
		fmt.Println("nothing to take over")
	}
	for _, leased := range work.Tasks {
		if err := take(ctx, erp, leased); err != nil {
			log.Fatal(err)
		}
	}
}

func take(ctx context.Context, erp *erpsync.Connection, leased *erpsyncv1.LeasedTask) error {
	number := ""
	if leased.Task.Kind == erpsyncv1.TaskKind_TASK_KIND_ORDER {
		number = "SO-" + leased.Order.ExternalOrderId
	}
	answer, err := erp.Inbox().AcknowledgeTasks(ctx, &erpsyncv1.AcknowledgeTasksRequest{
		Tasks: []*erpsyncv1.TaskAcknowledgement{{Lease: leased.Lease, ExternalNumber: number}},
	})
	if err != nil {
		return err
	}
	if result := answer.Results[0]; result.Outcome == erpsyncv1.Outcome_OUTCOME_REFUSED {
		// The lease was over, say, and somebody else has the task.
		fmt.Println("left", leased.Task.ExternalId, result.Problem.Message)
		return nil
	}
	if number == "" {
		fmt.Println("noted", leased.Task.Kind, leased.Task.ExternalId)
		return nil
	}
	fmt.Println("took", number)
	return shipAndInvoice(ctx, erp, leased.Order)
}

func shipAndInvoice(ctx context.Context, erp *erpsync.Connection, order *erpsyncv1.Order) error {
	shipment := &erpsyncv1.CreateShipmentRequest{
		ExternalShipmentId: "DN-" + order.ExternalOrderId,
		Order:              erpsync.OrderID(order.OrderId),
	}
	invoice := &erpsyncv1.RecordInvoiceRequest{
		ExternalInvoiceId: "IN-" + order.ExternalOrderId,
		Order:             erpsync.OrderID(order.OrderId),
		InvoiceDate:       "2026-11-23",
		CurrencyCode:      order.CurrencyCode,
		PriceMode:         order.PriceMode,
		RoundingMode:      order.RoundingMode,
		Charges:           order.Charges,
		TaxTotals:         order.TaxTotals,
	}
	total, err := erpsync.ParseDecimal(order.Total)
	if err != nil {
		return err
	}
	changed := false
	for n, line := range order.Lines {
		// What became of each line stands beside it.
		now := order.Quantities[n]
		cancelled, err := difference(line.Amount, now.CurrentAmount)
		if err != nil {
			return err
		}
		// The total is that of the order, with what is charged for shipping, less what was cancelled of its lines.
		total.Sub(total, cancelled)
		changed = changed || cancelled.Sign() != 0
		if now.Open == "0" {
			continue
		}
		shipment.Lines = append(shipment.Lines, &erpsyncv1.ShipmentLine{LineId: line.LineId, Quantity: now.Open})
		invoice.Lines = append(invoice.Lines, &erpsyncv1.InvoiceLine{
			InvoiceLineId: line.LineId,
			OrderLineId:   line.LineId,
			Quantity:      now.Open,
			UnitPrice:     line.UnitPrice,
			Discount:      now.CurrentDiscount,
			Amount:        now.CurrentAmount,
			Taxes:         line.Taxes,
		})
	}
	if invoice.Total, err = erpsync.FormatDecimal(total); err != nil {
		return err
	}

	shipped, err := erp.Shipments().CreateShipment(ctx, shipment)
	if err != nil {
		return err
	}
	tell("shipped "+shipment.ExternalShipmentId, shipped.Result)
	if changed && len(order.TaxTotals) > 0 {
		// What they are now your ERP works out; erpsync computes no taxes.
		fmt.Println("left", invoice.ExternalInvoiceId+": its taxes change with what was cancelled")
		return nil
	}
	invoiced, err := erp.Invoices().RecordInvoice(ctx, invoice)
	if err != nil {
		return err
	}
	tell("invoiced "+invoice.ExternalInvoiceId, invoiced.Result)
	return nil
}

func difference(one, other string) (*big.Rat, error) {
	minuend, err := erpsync.ParseDecimal(one)
	if err != nil {
		return nil, err
	}
	subtrahend, err := erpsync.ParseDecimal(other)
	if err != nil {
		return nil, err
	}
	return minuend.Sub(minuend, subtrahend), nil
}

// APPLIED, or PARKED where it waits for somebody to look at it: the problem says why.
func tell(what string, result *erpsyncv1.FactResult) {
	fmt.Println(what, result.Outcome, result.GetProblem().GetMessage())
}
