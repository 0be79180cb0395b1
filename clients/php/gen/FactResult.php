<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of a fact that was told. */
final class FactResult extends Message
{
    public function __construct(
        /**
         * APPLIED, or PARKED where it is kept and waits.
         *
         * @var Outcome|string A value that is newer than this client is its name.
         */
        public Outcome|string $outcome = Outcome::DEFAULT,
        /** Where it waits: for `ListParked` and `RetryParked`; empty where it was applied. */
        public string $parkedId = '',
        /** Why it waits; absent where it was applied. */
        public ?Problem $problem = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('outcome', Outcome::DEFAULT, 'enum', Outcome::class),
            $in->one('parkedId', '', 'string'),
            $in->optional('problem', 'message', Problem::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('outcome', $this->outcome, Outcome::DEFAULT, 'enum');
        $out->one('parkedId', $this->parkedId, '', 'string');
        $out->optional('problem', $this->problem, 'message');
    }
}
