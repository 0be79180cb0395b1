<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Goods that left. */
final class Shipment extends Message
{
    public function __construct(
        /** erpsync's id. */
        public string $shipmentId = '',
        /** The system that told of it. */
        public string $system = '',
        /** Its number there. */
        public string $externalShipmentId = '',
        /** The order. */
        public string $orderId = '',
        /** The date on the document: `2026-11-23`; empty: none given. */
        public string $shipDate = '',
        /** Who carries it. */
        public string $carrier = '',
        /**
         * How the buyer can follow it.
         *
         * @var list<string>
         */
        public array $trackingNumbers = [],
        /**
         * What left, with article and place.
         *
         * @var list<ShipmentLine>
         */
        public array $lines = [],
        /** When it was recorded, by the database's clock. */
        public ?Timestamp $recordTime = null,
        /** Of the last change. */
        public int $revision = 0,
        /** That it is undone; absent: it is not. */
        public ?ShipmentCancellation $cancellation = null,
        /** Whether it was the last: what was open of the order was cancelled. */
        public bool $completesOrder = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('shipmentId', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('externalShipmentId', '', 'string'),
            $in->one('orderId', '', 'string'),
            $in->one('shipDate', '', 'string'),
            $in->one('carrier', '', 'string'),
            $in->many('trackingNumbers', 'string'),
            $in->many('lines', 'message', ShipmentLine::class),
            $in->optional('recordTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
            $in->optional('cancellation', 'message', ShipmentCancellation::class),
            $in->one('completesOrder', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('shipmentId', $this->shipmentId, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('externalShipmentId', $this->externalShipmentId, '', 'string');
        $out->one('orderId', $this->orderId, '', 'string');
        $out->one('shipDate', $this->shipDate, '', 'string');
        $out->one('carrier', $this->carrier, '', 'string');
        $out->many('trackingNumbers', $this->trackingNumbers, 'string');
        $out->many('lines', $this->lines, 'message');
        $out->optional('recordTime', $this->recordTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->optional('cancellation', $this->cancellation, 'message');
        $out->one('completesOrder', $this->completesOrder, false, 'bool');
    }
}
