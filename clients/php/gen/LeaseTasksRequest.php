<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for work. */
final class LeaseTasksRequest extends Message
{
    public function __construct(
        /** At most so many; 0: 10; at most 100, larger is lowered; negative is refused. */
        public int $maxTasks = 0,
        /** How long they are held: 10 s to 600 s; absent: 60 s. */
        public ?Duration $leaseTime = null,
        /**
         * How long to wait if there is nothing: 0 to 25 s. With more than 5 s, give the call a deadline of
         * `wait` and some more.
         */
        public ?Duration $wait = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('maxTasks', 0, 'int32'),
            $in->optional('leaseTime', 'duration'),
            $in->optional('wait', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('maxTasks', $this->maxTasks, 0, 'int32');
        $out->optional('leaseTime', $this->leaseTime, 'duration');
        $out->optional('wait', $this->wait, 'duration');
    }
}
