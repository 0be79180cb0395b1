<?php

// The ERP takes orders over under its own numbers, ships what is open of them and invoices it.

use Erpsync\Client;
use Erpsync\Decimal;
use Erpsync\V1\AcknowledgeTasksRequest;
use Erpsync\V1\CreateShipmentRequest;
use Erpsync\V1\ExternalReference;
use Erpsync\V1\FactResult;
use Erpsync\V1\InvoiceLine;
use Erpsync\V1\LeaseTasksRequest;
use Erpsync\V1\OrderReference;
use Erpsync\V1\Outcome;
use Erpsync\V1\RecordInvoiceRequest;
use Erpsync\V1\ShipmentLine;
use Erpsync\V1\TaskAcknowledgement;
use Erpsync\V1\TaskKind;

require __DIR__ . '/../autoload.php';

// APPLIED, or PARKED where it waits for somebody to look at it: the problem says why.
$told = fn (FactResult $it) => rtrim("{$it->outcome->name} {$it->problem?->message}") . "\n";

$erp = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_ERP_TOKEN'));

$tasks = $erp->inbox()->leaseTasks(new LeaseTasksRequest(maxTasks: 10))->tasks;
if ($tasks === []) {
    echo "nothing to take over\n";
}
foreach ($tasks as $leased) {
    $order = $leased->order;
    $isOrder = $leased->task->kind === TaskKind::Order;
    $number = $isOrder ? "SO-$order->externalOrderId" : '';
    $taken = new TaskAcknowledgement(lease: $leased->lease, externalNumber: $number);
    $result = $erp->inbox()->acknowledgeTasks(new AcknowledgeTasksRequest(tasks: [$taken]))->results[0];
    if ($result->outcome === Outcome::Refused) {
        // The lease was over, say, and somebody else has the task.
        echo "left {$leased->task->externalId}: {$result->problem->message}\n";
        continue;
    }
    if (!$isOrder) {
        echo "noted {$leased->task->externalId}\n";
        continue;
    }
    echo "took $number\n";

    // By our own number from now on.
    $ours = new OrderReference(external: new ExternalReference(externalId: $number));
    $shipped = $invoiced = [];
    $total = Decimal::toMillionths($order->total);
    foreach ($order->lines as $index => $line) {
        $now = $order->quantities[$index];
        // The total is that of the order, with what is charged for shipping, less what was cancelled of its lines.
        $total += Decimal::toMillionths($now->currentAmount) - Decimal::toMillionths($line->amount);
        if (Decimal::compare($now->open, '0') === 0) {
            continue;
        }
        $shipped[] = new ShipmentLine(lineId: $line->lineId, quantity: $now->open);
        $invoiced[] = new InvoiceLine(
            invoiceLineId: $line->lineId,
            orderLineId: $line->lineId,
            quantity: $now->open,
            unitPrice: $line->unitPrice,
            discount: $now->currentDiscount,
            amount: $now->currentAmount,
            taxes: $line->taxes,
        );
    }
    $shipment = $erp->shipments()->createShipment(new CreateShipmentRequest(
        externalShipmentId: "DN-$order->externalOrderId",
        order: $ours,
        lines: $shipped,
    ));
    echo "shipped DN-$order->externalOrderId ", $told($shipment->result);

    if ($order->taxTotals !== [] && $total !== Decimal::toMillionths($order->total)) {
        // What they are now your ERP works out; erpsync computes no taxes.
        echo "left IN-$order->externalOrderId: its taxes change with what was cancelled\n";
        continue;
    }
    $invoice = $erp->invoices()->recordInvoice(new RecordInvoiceRequest(
        externalInvoiceId: "IN-$order->externalOrderId",
        order: $ours,
        invoiceDate: '2026-11-23',
        currencyCode: $order->currencyCode,
        priceMode: $order->priceMode,
        roundingMode: $order->roundingMode,
        lines: $invoiced,
        charges: $order->charges,
        taxTotals: $order->taxTotals,
        total: Decimal::ofMillionths($total),
    ));
    echo "invoiced IN-$order->externalOrderId ", $told($invoice->result);
}
