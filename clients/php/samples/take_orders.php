<?php

// The ERP takes orders over under its own numbers, ships them and invoices them.

use Erpsync\Client;
use Erpsync\Decimal;
use Erpsync\V1\AcknowledgeTasksRequest;
use Erpsync\V1\CreateShipmentRequest;
use Erpsync\V1\ExternalReference;
use Erpsync\V1\InvoiceLine;
use Erpsync\V1\LeaseTasksRequest;
use Erpsync\V1\OrderReference;
use Erpsync\V1\RecordInvoiceRequest;
use Erpsync\V1\ShipmentLine;
use Erpsync\V1\TaskAcknowledgement;
use Erpsync\V1\TaskKind;

require __DIR__ . '/../autoload.php';

$erp = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_ERP_TOKEN'));

foreach ($erp->inbox()->leaseTasks(new LeaseTasksRequest(maxTasks: 10))->tasks as $leased) {
    $isOrder = $leased->task->kind === TaskKind::Order;
    $number = $isOrder ? "SO-{$leased->order->externalOrderId}" : '';
    $taken = new TaskAcknowledgement(lease: $leased->lease, externalNumber: $number);
    $erp->inbox()->acknowledgeTasks(new AcknowledgeTasksRequest(tasks: [$taken]));
    if (!$isOrder) {
        echo "noted {$leased->task->externalId}\n";
        continue;
    }
    $order = $leased->order;
    // By our own number from now on.
    $ours = new OrderReference(external: new ExternalReference(externalId: $number));

    $shipped = $invoiced = [];
    foreach ($order->lines as $index => $line) {
        $open = $order->quantities[$index]->open;
        if (Decimal::compare($open, '0') > 0) {
            $shipped[] = new ShipmentLine(lineId: $line->lineId, quantity: $open);
        }
        $invoiced[] = new InvoiceLine(
            invoiceLineId: $line->lineId,
            orderLineId: $line->lineId,
            quantity: $line->quantity,
            unitPrice: $line->unitPrice,
            amount: $line->amount,
        );
    }
    $erp->shipments()->createShipment(new CreateShipmentRequest(
        externalShipmentId: "DN-$order->externalOrderId",
        order: $ours,
        lines: $shipped,
    ));
    $erp->invoices()->recordInvoice(new RecordInvoiceRequest(
        externalInvoiceId: "IN-$order->externalOrderId",
        order: $ours,
        invoiceDate: '2026-11-23',
        currencyCode: $order->currencyCode,
        priceMode: $order->priceMode,
        roundingMode: $order->roundingMode,
        lines: $invoiced,
        total: $order->total,
    ));
    echo "took $number over, shipped and invoiced it: $order->total $order->currencyCode\n";
}
