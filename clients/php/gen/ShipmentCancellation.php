<?php

// Generated from erpsync/v1/shipments.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** That a shipment is undone. */
final class ShipmentCancellation extends Message
{
    public function __construct(
        /** The system that told of it. */
        public string $system = '',
        /** The number of that there. */
        public string $externalCancellationId = '',
        /**
         * Why.
         *
         * @var ShipmentCancellationKind|string A value that is newer than this client is its name.
         */
        public ShipmentCancellationKind|string $kind = ShipmentCancellationKind::DEFAULT,
        /**
         * What was done with the goods, of a carrier's return.
         *
         * @var Disposition|string A value that is newer than this client is its name.
         */
        public Disposition|string $disposition = Disposition::DEFAULT,
        /** When it was recorded, by the database's clock. */
        public ?Timestamp $recordTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('system', '', 'string'),
            $in->one('externalCancellationId', '', 'string'),
            $in->one('kind', ShipmentCancellationKind::DEFAULT, 'enum', ShipmentCancellationKind::class),
            $in->one('disposition', Disposition::DEFAULT, 'enum', Disposition::class),
            $in->optional('recordTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('system', $this->system, '', 'string');
        $out->one('externalCancellationId', $this->externalCancellationId, '', 'string');
        $out->one('kind', $this->kind, ShipmentCancellationKind::DEFAULT, 'enum');
        $out->one('disposition', $this->disposition, Disposition::DEFAULT, 'enum');
        $out->optional('recordTime', $this->recordTime, 'timestamp');
    }
}
