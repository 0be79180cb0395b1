"""The ERP takes orders over under its own numbers, ships them and invoices them."""

import os

import erpsync
from erpsync import v1

with erpsync.connect(os.environ["ERPSYNC_ADDRESS"], os.environ["ERPSYNC_ERP_TOKEN"]) as erp:
    leased = erp.inbox.lease_tasks(v1.LeaseTasksRequest(max_tasks=10))
    for task in leased.tasks:
        order = task.order
        done = v1.TaskAcknowledgement(lease=task.lease)
        if task.task.kind == v1.TASK_KIND_ORDER:
            done.external_number = f"SO-{order.external_order_id}"
        erp.inbox.acknowledge_tasks(v1.AcknowledgeTasksRequest(tasks=[done]))
        if task.task.kind != v1.TASK_KIND_ORDER:
            print("noted", v1.TaskKind.Name(task.task.kind), task.task.external_id)
            continue
        print("took", done.external_number)

        # By our own number from now on.
        ours = v1.OrderReference(external=v1.ExternalReference(external_id=done.external_number))
        shipment = v1.CreateShipmentRequest(
            external_shipment_id=f"DN-{order.external_order_id}",
            order=ours,
            lines=[
                v1.ShipmentLine(line_id=line.line_id, quantity=quantities.open)
                for line, quantities in zip(order.lines, order.quantities)
            ],
        )
        shipped = erp.shipments.create_shipment(shipment)
        print("shipped", shipment.external_shipment_id, v1.Outcome.Name(shipped.result.outcome))

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
                    quantity=line.quantity,
                    unit_price=line.unit_price,
                    amount=line.amount,
                )
                for line in order.lines
            ],
            total=order.total,
        )
        invoiced = erp.invoices.record_invoice(invoice)
        print("invoiced", invoice.external_invoice_id, v1.Outcome.Name(invoiced.result.outcome))
