<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What came of one line of the order, or will not come. */
final class ReceptionLine extends Message
{
    public function __construct(
        /** The order's line, as announced. */
        public string $lineId = '',
        /** Units, more than zero. */
        public string $quantity = '',
        /**
         * What is done with them. RESTOCK, QUARANTINE and SCRAP accept them, SEND_BACK rejects them, PENDING
         * leaves that to InspectReturn. Of what is LOST: UNSPECIFIED.
         *
         * @var Disposition|string A value that is newer than this client is its name.
         */
        public Disposition|string $disposition = Disposition::DEFAULT,
        /** Where they lie, at most 64 bytes; empty: where the line was served from. */
        public string $location = '',
        /**
         * The number of the movement in the ERP's ledger, if restocked: a statement that contains it does
         * not count it twice. 0: none. Not negative.
         */
        public int $ledgerNumber = 0,
        /**
         * RECEIVED, LOST or WRONG_ITEM; UNSPECIFIED: RECEIVED.
         *
         * @var ReceptionState|string A value that is newer than this client is its name.
         */
        public ReceptionState|string $state = ReceptionState::DEFAULT,
        /**
         * The article that came in place of the line's, 1 to 255 bytes; exactly with WRONG_ITEM. What is done
         * with it changes the stock of that article. It is never credited.
         */
        public string $wrongSku = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('disposition', Disposition::DEFAULT, 'enum', Disposition::class),
            $in->one('location', '', 'string'),
            $in->one('ledgerNumber', 0, 'int64'),
            $in->one('state', ReceptionState::DEFAULT, 'enum', ReceptionState::class),
            $in->one('wrongSku', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('disposition', $this->disposition, Disposition::DEFAULT, 'enum');
        $out->one('location', $this->location, '', 'string');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
        $out->one('state', $this->state, ReceptionState::DEFAULT, 'enum');
        $out->one('wrongSku', $this->wrongSku, '', 'string');
    }
}
