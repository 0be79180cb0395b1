<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** It is so. */
final class SetOwnershipResponse extends Message
{
    public function __construct(
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
