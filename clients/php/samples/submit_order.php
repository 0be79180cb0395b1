<?php

// The shop submits an order of two lines: their units are reserved in the same instant, for all shops.

use Erpsync\Client;
use Erpsync\Refusal;
use Erpsync\V1\OrderLine;
use Erpsync\V1\PriceMode;
use Erpsync\V1\Reason;
use Erpsync\V1\RoundingMode;
use Erpsync\V1\SubmitOrderRequest;

require __DIR__ . '/../autoload.php';

// Its number is its identity: who submits it again gets the first answer, and nothing happens twice.
$order = new SubmitOrderRequest(
    externalOrderId: '4711',
    currencyCode: 'EUR',
    priceMode: PriceMode::Gross,
    roundingMode: RoundingMode::Line,
    lines: [
        new OrderLine(lineId: '1', sku: 'MUG', quantity: '2', unitPrice: '9.95', amount: '19.90'),
        new OrderLine(lineId: '2', sku: 'CUP', quantity: '1.5', unitPrice: '4.00', amount: '6.00'),
    ],
    total: '25.90',
);

$shop = Client::open(getenv('ERPSYNC_ADDRESS'), getenv('ERPSYNC_SHOP_TOKEN'));
try {
    $answer = $shop->orders()->submitOrder($order);
} catch (Refusal $refusal) {
    if ($refusal->reason() !== Reason::InsufficientStock) {
        throw $refusal;
    }
    exit("of {$refusal->metadata['sku']} there are only {$refusal->metadata['sellable']}\n");
}
foreach ($answer->promises as $promise) {
    echo "line $promise->lineId: $promise->reserved reserved at $promise->location\n";
}
