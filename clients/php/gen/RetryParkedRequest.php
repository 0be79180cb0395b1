<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Tries again. */
final class RetryParkedRequest extends Message
{
    public function __construct(
        /**
         * 1 to 100.
         *
         * @var list<string>
         */
        public array $parkedIds = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('parkedIds', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('parkedIds', $this->parkedIds, 'string');
    }
}
