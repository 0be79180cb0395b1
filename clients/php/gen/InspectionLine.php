<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** How units of one line were judged. */
final class InspectionLine extends Message
{
    public function __construct(
        /** The order's line, as received. */
        public string $lineId = '',
        /** Units, more than zero. */
        public string $quantity = '',
        /**
         * Where they were: PENDING or QUARANTINE; UNSPECIFIED: PENDING.
         *
         * @var Disposition|string A value that is newer than this client is its name.
         */
        public Disposition|string $from = Disposition::DEFAULT,
        /**
         * ACCEPTED or REJECTED. Of what lies in quarantine, units that were judged alike before are taken
         * first.
         *
         * @var AcceptanceState|string A value that is newer than this client is its name.
         */
        public AcceptanceState|string $acceptance = AcceptanceState::DEFAULT,
        /** Why, for people, at most 1,000 bytes; needed with REJECTED. */
        public string $reason = '',
        /**
         * What is done with them: RESTOCK, SCRAP, SEND_BACK; from PENDING also QUARANTINE. What was accepted
         * is not sent back.
         *
         * @var Disposition|string A value that is newer than this client is its name.
         */
        public Disposition|string $disposition = Disposition::DEFAULT,
        /** Where they lie now, if restocked, at most 64 bytes; empty: where they were received. */
        public string $location = '',
        /**
         * The number of the movement in the ERP's ledger, if restocked: a statement that contains it does
         * not count it twice. 0: none. Not negative.
         */
        public int $ledgerNumber = 0,
        /**
         * What these units together are worth less, because they were used more than trying them needs: an
         * amount in the order's currency, not negative; empty: nothing. Only with ACCEPTED. It is for the
         * credit note to name.
         */
        public string $lossOfValue = '',
        /** The article, at most 255 bytes, where another came than the line's: as received. Empty: the line's. */
        public string $wrongSku = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('lineId', '', 'string'),
            $in->one('quantity', '', 'string'),
            $in->one('from', Disposition::DEFAULT, 'enum', Disposition::class),
            $in->one('acceptance', AcceptanceState::DEFAULT, 'enum', AcceptanceState::class),
            $in->one('reason', '', 'string'),
            $in->one('disposition', Disposition::DEFAULT, 'enum', Disposition::class),
            $in->one('location', '', 'string'),
            $in->one('ledgerNumber', 0, 'int64'),
            $in->one('lossOfValue', '', 'string'),
            $in->one('wrongSku', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('lineId', $this->lineId, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
        $out->one('from', $this->from, Disposition::DEFAULT, 'enum');
        $out->one('acceptance', $this->acceptance, AcceptanceState::DEFAULT, 'enum');
        $out->one('reason', $this->reason, '', 'string');
        $out->one('disposition', $this->disposition, Disposition::DEFAULT, 'enum');
        $out->one('location', $this->location, '', 'string');
        $out->one('ledgerNumber', $this->ledgerNumber, 0, 'int64');
        $out->one('lossOfValue', $this->lossOfValue, '', 'string');
        $out->one('wrongSku', $this->wrongSku, '', 'string');
    }
}
