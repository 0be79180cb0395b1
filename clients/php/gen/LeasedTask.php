<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A task and the right to answer it. */
final class LeasedTask extends Message
{
    public function __construct(
        /** The task. */
        public ?Task $task = null,
        /** Hand it back with the answer. Opaque, at most 64 bytes. */
        public string $lease = '',
        /** The order as it is now. */
        public ?Order $order = null,
        /** The return as it is now, where the task is about one. */
        public ?Return_ $return = null,
        /** The payment, where the task is about one. */
        public ?Payment $payment = null,
        /** The wish, where the task is about one. */
        public ?Cancellation $cancellation = null,
        /** The wish, where the task is about one. */
        public ?Amendment $amendment = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('task', 'message', Task::class),
            $in->one('lease', '', 'string'),
            $in->optional('order', 'message', Order::class),
            $in->optional('return', 'message', Return_::class),
            $in->optional('payment', 'message', Payment::class),
            $in->optional('cancellation', 'message', Cancellation::class),
            $in->optional('amendment', 'message', Amendment::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('task', $this->task, 'message');
        $out->one('lease', $this->lease, '', 'string');
        $out->optional('order', $this->order, 'message');
        $out->optional('return', $this->return, 'message');
        $out->optional('payment', $this->payment, 'message');
        $out->optional('cancellation', $this->cancellation, 'message');
        $out->optional('amendment', $this->amendment, 'message');
    }
}
