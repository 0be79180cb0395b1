<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Gives up. */
final class DiscardParkedRequest extends Message
{
    public function __construct(
        /**
         * 1 to 100.
         *
         * @var list<string>
         */
        public array $parkedIds = [],
        /** Why, for people, 1 to 1,000 bytes. */
        public string $reason = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('parkedIds', 'string'),
            $in->one('reason', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('parkedIds', $this->parkedIds, 'string');
        $out->one('reason', $this->reason, '', 'string');
    }
}
