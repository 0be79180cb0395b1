<?php

// Generated from erpsync/v1/change_service.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** An entry of any kind, as it is now. */
final class ChangeEntry extends Message
{
    public function __construct(
        /**
         * What it is: `stock_level` (of articles that are kept in stock; what others are made of is said by
         * `composition`), `order`, …
         */
        public string $kind = '',
        /** Its key, unique within its kind; parts of compound keys are joined by U+001F. */
        public string $key = '',
        /** The revision of its last change. */
        public int $revision = 0,
        /** True where it is gone: then the state names it and says nothing more. */
        public bool $removed = false,
        /**
         * Of kind `stock_level`.
         *
         * Of `state`: at most one is not null.
         */
        public ?StockLevel $stockLevel = null,
        /**
         * Of kind `order`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Order $order = null,
        /**
         * Of kind `task`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Task $task = null,
        /**
         * Of kind `parked`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Parked $parked = null,
        /**
         * Of kind `shipment`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Shipment $shipment = null,
        /**
         * Of kind `invoice`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Invoice $invoice = null,
        /**
         * Of kind `return`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Return_ $return = null,
        /**
         * Of kind `credit_note`.
         *
         * Of `state`: at most one is not null.
         */
        public ?CreditNote $creditNote = null,
        /**
         * Of kind `payment`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Payment $payment = null,
        /**
         * Of kind `cancellation`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Cancellation $cancellation = null,
        /**
         * Of kind `amendment`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Amendment $amendment = null,
        /**
         * Of kind `incident`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Incident $incident = null,
        /**
         * Of kind `reservation`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Reservation $reservation = null,
        /**
         * Of kind `stock_assignment`.
         *
         * Of `state`: at most one is not null.
         */
        public ?StockAssignment $stockAssignment = null,
        /**
         * Of kind `stock_buffer`.
         *
         * Of `state`: at most one is not null.
         */
        public ?StockBuffer $stockBuffer = null,
        /**
         * Of kind `sellability`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Sellability $sellability = null,
        /**
         * Of kind `composition`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Composition $composition = null,
        /**
         * Of kind `ownership`.
         *
         * Of `state`: at most one is not null.
         */
        public ?Ownership $ownership = null,
    ) {
    }

    /** Which of `state` is there, by the name of its property; null: none. */
    public function state(): ?string
    {
        return match (true) {
            $this->stockLevel !== null => 'stockLevel',
            $this->order !== null => 'order',
            $this->task !== null => 'task',
            $this->parked !== null => 'parked',
            $this->shipment !== null => 'shipment',
            $this->invoice !== null => 'invoice',
            $this->return !== null => 'return',
            $this->creditNote !== null => 'creditNote',
            $this->payment !== null => 'payment',
            $this->cancellation !== null => 'cancellation',
            $this->amendment !== null => 'amendment',
            $this->incident !== null => 'incident',
            $this->reservation !== null => 'reservation',
            $this->stockAssignment !== null => 'stockAssignment',
            $this->stockBuffer !== null => 'stockBuffer',
            $this->sellability !== null => 'sellability',
            $this->composition !== null => 'composition',
            $this->ownership !== null => 'ownership',
            default => null,
        };
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('kind', '', 'string'),
            $in->one('key', '', 'string'),
            $in->one('revision', 0, 'int64'),
            $in->one('removed', false, 'bool'),
            $in->optional('stockLevel', 'message', StockLevel::class),
            $in->optional('order', 'message', Order::class),
            $in->optional('task', 'message', Task::class),
            $in->optional('parked', 'message', Parked::class),
            $in->optional('shipment', 'message', Shipment::class),
            $in->optional('invoice', 'message', Invoice::class),
            $in->optional('return', 'message', Return_::class),
            $in->optional('creditNote', 'message', CreditNote::class),
            $in->optional('payment', 'message', Payment::class),
            $in->optional('cancellation', 'message', Cancellation::class),
            $in->optional('amendment', 'message', Amendment::class),
            $in->optional('incident', 'message', Incident::class),
            $in->optional('reservation', 'message', Reservation::class),
            $in->optional('stockAssignment', 'message', StockAssignment::class),
            $in->optional('stockBuffer', 'message', StockBuffer::class),
            $in->optional('sellability', 'message', Sellability::class),
            $in->optional('composition', 'message', Composition::class),
            $in->optional('ownership', 'message', Ownership::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->atMostOne('state', [
            'stockLevel' => $this->stockLevel,
            'order' => $this->order,
            'task' => $this->task,
            'parked' => $this->parked,
            'shipment' => $this->shipment,
            'invoice' => $this->invoice,
            'return' => $this->return,
            'creditNote' => $this->creditNote,
            'payment' => $this->payment,
            'cancellation' => $this->cancellation,
            'amendment' => $this->amendment,
            'incident' => $this->incident,
            'reservation' => $this->reservation,
            'stockAssignment' => $this->stockAssignment,
            'stockBuffer' => $this->stockBuffer,
            'sellability' => $this->sellability,
            'composition' => $this->composition,
            'ownership' => $this->ownership,
        ]);
        $out->one('kind', $this->kind, '', 'string');
        $out->one('key', $this->key, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('removed', $this->removed, false, 'bool');
        $out->optional('stockLevel', $this->stockLevel, 'message');
        $out->optional('order', $this->order, 'message');
        $out->optional('task', $this->task, 'message');
        $out->optional('parked', $this->parked, 'message');
        $out->optional('shipment', $this->shipment, 'message');
        $out->optional('invoice', $this->invoice, 'message');
        $out->optional('return', $this->return, 'message');
        $out->optional('creditNote', $this->creditNote, 'message');
        $out->optional('payment', $this->payment, 'message');
        $out->optional('cancellation', $this->cancellation, 'message');
        $out->optional('amendment', $this->amendment, 'message');
        $out->optional('incident', $this->incident, 'message');
        $out->optional('reservation', $this->reservation, 'message');
        $out->optional('stockAssignment', $this->stockAssignment, 'message');
        $out->optional('stockBuffer', $this->stockBuffer, 'message');
        $out->optional('sellability', $this->sellability, 'message');
        $out->optional('composition', $this->composition, 'message');
        $out->optional('ownership', $this->ownership, 'message');
    }
}
