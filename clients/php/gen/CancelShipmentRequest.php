<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A shipment is undone. */
final class CancelShipmentRequest extends Message
{
    public function __construct(
        /**
         * The caller's number of this, not of the shipment; its identity, 1 to 255 bytes. Where the ERP has
         * none, the shipment's number will do.
         */
        public string $externalCancellationId = '',
        /** Which shipment. */
        public ?DocumentReference $shipment = null,
        /**
         * Why.
         *
         * @var ShipmentCancellationKind|string A value that is newer than this client is its name.
         */
        public ShipmentCancellationKind|string $kind = ShipmentCancellationKind::DEFAULT,
        /**
         * What is done with the goods of a carrier's return: RESTOCK, QUARANTINE or SCRAP. Unspecified where
         * the parcel never left.
         *
         * @var Disposition|string A value that is newer than this client is its name.
         */
        public Disposition|string $disposition = Disposition::DEFAULT,
        /**
         * The number of the movement in the ERP's ledger, of the highest where there are several: a
         * statement that contains it does not count it twice. 0: none. Not negative.
         */
        public int $ledgerNumber = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('externalCancellationId', '', 'string'),
            $in->optional('shipment', 'message', DocumentReference::class),
            $in->one('kind', ShipmentCancellationKind::DEFAULT, 'enum', ShipmentCancellationKind::class),
            $in->one('disposition', Disposition::DEFAULT, 'enum', Disposition::class),
            $in->one('ledgerNumber', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('externalCancellationId', $this->externalCancellationId, '', 'string');
        $out->optional('shipment', $this->shipment, 'message');
        $out->one('kind', $this->kind, ShipmentCancellationKind::DEFAULT, 'enum');
        $out->one('disposition', $this->disposition, Disposition::DEFAULT, 'enum');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
    }
}
