"""The ERP takes orders over under its own numbers, ships what is open of them and invoices it."""

import os

import erpsync
from erpsync import from_wire, to_wire, v1


def told(what: str, result: v1.FactResult) -> None:
    """APPLIED, or PARKED where it waits for somebody to look at it: the problem says why."""
    print(what, v1.Outcome.Name(result.outcome), result.problem.message)


with erpsync.connect(os.environ["ERPSYNC_ADDRESS"], os.environ["ERPSYNC_ERP_TOKEN"]) as erp:
    leased = erp.inbox.lease_tasks(v1.LeaseTasksRequest(max_tasks=10))
    if not leased.tasks:
        print("nothing to take over")
    for task in leased.tasks:
        order = task.order
        done = v1.TaskAcknowledgement(lease=task.lease)
        if task.task.kind == v1.TASK_KIND_ORDER:
            done.external_number = f"SO-{order.external_order_id}"
        (result,) = erp.inbox.acknowledge_tasks(v1.AcknowledgeTasksRequest(tasks=[done])).results
        if result.outcome == v1.OUTCOME_REFUSED:
            # The lease was over, say, and somebody else has the task.
            print("left", task.task.external_id, result.problem.message)
            continue
        if task.task.kind != v1.TASK_KIND_ORDER:
            print("noted", v1.TaskKind.Name(task.task.kind), task.task.external_id)
            continue
        print("took", done.external_number)

        # What became of each line stands beside it. The total is the order's, with what is charged for shipping, less
        # what was cancelled of its lines.
        lines = list(zip(order.lines, order.quantities))
        cancelled = sum(from_wire(line.amount) - from_wire(now.current_amount) for line, now in lines)
        lines = [(line, now) for line, now in lines if from_wire(now.open) > 0]

        # By our own number from now on.
        ours = v1.OrderReference(external=v1.ExternalReference(external_id=done.external_number))
        shipment = v1.CreateShipmentRequest(
            external_shipment_id=f"DN-{order.external_order_id}",
            order=ours,
            lines=[v1.ShipmentLine(line_id=line.line_id, quantity=now.open) for line, now in lines],
        )
        shipped = erp.shipments.create_shipment(shipment)
        told(f"shipped {shipment.external_shipment_id}", shipped.result)

        if order.tax_totals and cancelled:
            # What they are now your ERP works out; erpsync computes no taxes.
            print(f"left IN-{order.external_order_id}: its taxes change with what was cancelled")
            continue
        invoice = v1.RecordInvoiceRequest(
            external_invoice_id=f"IN-{order.external_order_id}",
            order=ours,
            invoice_date="2026-11-23",
            currency_code=order.currency_code,
            price_mode=order.price_mode,
            rounding_mode=order.rounding_mode,
            lines=[
                v1.InvoiceLine(
                    invoice_line_id=line.line_id,
                    order_line_id=line.line_id,
                    quantity=now.open,
                    unit_price=line.unit_price,
                    discount=now.current_discount,
                    amount=now.current_amount,
                    taxes=line.taxes,
                )
                for line, now in lines
            ],
            charges=order.charges,
            tax_totals=order.tax_totals,
            total=to_wire(from_wire(order.total) - cancelled),
        )
        invoiced = erp.invoices.record_invoice(invoice)
        told(f"invoiced {invoice.external_invoice_id}", invoiced.result)
