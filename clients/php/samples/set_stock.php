<?php

// The ERP states what lies there of two articles.

use Erpsync\Client;
use Erpsync\Decimal;
use Erpsync\V1\Outcome;
use Erpsync\V1\SetStockRequest;
use Erpsync\V1\StockReading;

require __DIR__ . '/../autoload.php';

// Quantities are decimals, which travel as strings; what is none is refused here.
$onHand = ['MUG' => Decimal::of(5), 'CUP' => Decimal::of('2.5')];

$erp = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_ERP_TOKEN'));
$readings = [];
foreach ($onHand as $sku => $units) {
    $readings[] = new StockReading(sku: $sku, onHand: $units);
}
$answer = $erp->stock()->setStock(new SetStockRequest(readings: $readings));

// One bad row does not stop the others: each has its own outcome.
foreach ($answer->results as $result) {
    $became = match ($result->outcome) {
        Outcome::Applied => 'applied',
        Outcome::Unchanged => 'unchanged',
        Outcome::Refused => "refused: {$result->problem->message}",
        default => 'something else',
    };
    echo $readings[$result->index]->sku, ' ', $became, "\n";
}
