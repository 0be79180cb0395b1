<?php

// Generated from erpsync/v1/change_service.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What to watch. */
final class ChangeFilter extends Message
{
    public function __construct(
        /**
         * Only these kinds; empty: all. Unknown ones are refused with FIELD_INVALID.
         *
         * @var list<string>
         */
        public array $kinds = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('kinds', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('kinds', $this->kinds, 'string');
    }
}
