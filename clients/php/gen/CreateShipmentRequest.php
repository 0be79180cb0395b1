<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Goods have left. */
final class CreateShipmentRequest extends Message
{
    public function __construct(
        /** The caller's number, its identity, 1 to 255 bytes. */
        public string $externalShipmentId = '',
        /** Of which order. */
        public ?OrderReference $order = null,
        /** The date on the document: `2026-11-23`; empty: none. */
        public string $shipDate = '',
        /** Who carries it, at most 255 bytes. */
        public string $carrier = '',
        /**
         * At most 100, each 1 to 255 bytes.
         *
         * @var list<string>
         */
        public array $trackingNumbers = [],
        /**
         * 1 to 2,000.
         *
         * @var list<ShipmentLine>
         */
        public array $lines = [],
        /**
         * True: nothing more will leave; what is open of the order then is cancelled. That stays so where
         * the shipment is undone later.
         */
        public bool $completesOrder = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalShipmentId', '', 'string'),
            $in->optional('order', 'message', OrderReference::class),
            $in->one('shipDate', '', 'string'),
            $in->one('carrier', '', 'string'),
            $in->many('trackingNumbers', 'string'),
            $in->many('lines', 'message', ShipmentLine::class),
            $in->one('completesOrder', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalShipmentId', $this->externalShipmentId, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->one('shipDate', $this->shipDate, '', 'string');
        $out->one('carrier', $this->carrier, '', 'string');
        $out->many('trackingNumbers', $this->trackingNumbers, 'string');
        $out->many('lines', $this->lines, 'message');
        $out->one('completesOrder', $this->completesOrder, false, 'bool');
    }
}
