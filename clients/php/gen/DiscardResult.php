<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of one. */
final class DiscardResult extends Message
{
    public function __construct(
        /** Which. */
        public string $parkedId = '',
        /**
         * APPLIED, DUPLICATE or REFUSED.
         *
         * @var Outcome|string A value that is newer than this client is its name.
         */
        public Outcome|string $outcome = Outcome::DEFAULT,
        /** Why, where it was refused. */
        public ?Problem $problem = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('parkedId', '', 'string'),
            $in->one('outcome', Outcome::DEFAULT, 'enum', Outcome::class),
            $in->optional('problem', 'message', Problem::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('parkedId', $this->parkedId, '', 'string');
        $out->one('outcome', $this->outcome, Outcome::DEFAULT, 'enum');
        $out->optional('problem', $this->problem, 'message');
    }
}
