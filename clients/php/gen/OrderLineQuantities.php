<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of a line so far. All in units; `reserved + back_ordered` is always what is open. */
final class OrderLineQuantities extends Message
{
    public function __construct(
        /** As ordered. */
        public string $ordered = '',
        /** Taken off the order. */
        public string $cancelled = '',
        /** Promised and there. */
        public string $reserved = '',
        /** Waited for. */
        public string $backOrdered = '',
        /** Left. */
        public string $shipped = '',
        /** Still to leave: `max(0, ordered - cancelled - shipped)`. */
        public string $open = '',
        /** What was ordered and not cancelled comes to, by its share of the line. */
        public string $currentAmount = '',
        /** The discount of what was ordered and not cancelled, by its share. */
        public string $currentDiscount = '',
        /** Left beyond what was ordered and not cancelled: a fact that somebody should look at. */
        public string $overShipped = '',
        /** Announced to come back, and neither received nor declined. */
        public string $returnRequested = '',
        /** Came back. */
        public string $received = '',
        /** Came back, and was sent to the buyer again. */
        public string $sentBack = '',
        /** Stands on invoices. */
        public string $invoiced = '',
        /** Credited because an invoice was wrong or cancelled, not because goods came back. */
        public string $reversed = '',
        /** Credited, whatever for. */
        public string $creditedQuantity = '',
        /** Credited, as the price mode has it. */
        public string $creditedAmount = '',
        /** Invoiced, and cancelled since: `max(0, invoiced - reversed - (ordered - cancelled))`. */
        public string $toCredit = '',
        /** Wished off the order, and not answered yet by the ERP. */
        public string $cancelRequested = '',
        /** Announced to come back, and lost on its way. */
        public string $lost = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('ordered', '', 'string'),
            $in->one('cancelled', '', 'string'),
            $in->one('reserved', '', 'string'),
            $in->one('backOrdered', '', 'string'),
            $in->one('shipped', '', 'string'),
            $in->one('open', '', 'string'),
            $in->one('currentAmount', '', 'string'),
            $in->one('currentDiscount', '', 'string'),
            $in->one('overShipped', '', 'string'),
            $in->one('returnRequested', '', 'string'),
            $in->one('received', '', 'string'),
            $in->one('sentBack', '', 'string'),
            $in->one('invoiced', '', 'string'),
            $in->one('reversed', '', 'string'),
            $in->one('creditedQuantity', '', 'string'),
            $in->one('creditedAmount', '', 'string'),
            $in->one('toCredit', '', 'string'),
            $in->one('cancelRequested', '', 'string'),
            $in->one('lost', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('ordered', $this->ordered, '', 'string');
        $out->one('cancelled', $this->cancelled, '', 'string');
        $out->one('reserved', $this->reserved, '', 'string');
        $out->one('backOrdered', $this->backOrdered, '', 'string');
        $out->one('shipped', $this->shipped, '', 'string');
        $out->one('open', $this->open, '', 'string');
        $out->one('currentAmount', $this->currentAmount, '', 'string');
        $out->one('currentDiscount', $this->currentDiscount, '', 'string');
        $out->one('overShipped', $this->overShipped, '', 'string');
        $out->one('returnRequested', $this->returnRequested, '', 'string');
        $out->one('received', $this->received, '', 'string');
        $out->one('sentBack', $this->sentBack, '', 'string');
        $out->one('invoiced', $this->invoiced, '', 'string');
        $out->one('reversed', $this->reversed, '', 'string');
        $out->one('creditedQuantity', $this->creditedQuantity, '', 'string');
        $out->one('creditedAmount', $this->creditedAmount, '', 'string');
        $out->one('toCredit', $this->toCredit, '', 'string');
        $out->one('cancelRequested', $this->cancelRequested, '', 'string');
        $out->one('lost', $this->lost, '', 'string');
    }
}
