<?php

// Generated from erpsync/v1/inbox.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of one item. */
final class TaskResult extends Message
{
    public function __construct(
        /** Of the item, from 0. */
        public int $index = 0,
        /**
         * APPLIED, DUPLICATE or REFUSED; PARKED where that is what was asked for, or attempts ran out.
         *
         * @var Outcome|string A value that is newer than this client is its name.
         */
        public Outcome|string $outcome = Outcome::DEFAULT,
        /** Why, where it was refused or parked. */
        public ?Problem $problem = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('index', 0, 'int32'),
            $in->one('outcome', Outcome::DEFAULT, 'enum', Outcome::class),
            $in->optional('problem', 'message', Problem::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('index', $this->index, 0, 'int32');
        $out->one('outcome', $this->outcome, Outcome::DEFAULT, 'enum');
        $out->optional('problem', $this->problem, 'message');
    }
}
