<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A new incarnation has begun. */
final class DeclareRestoreResponse extends Message
{
    public function __construct(
        /** Its number; rises by one each time. */
        public int $incarnation = 0,
        /** The operators' revision at which it began. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('incarnation', 0, 'int64'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('incarnation', $this->incarnation, 0, 'int64');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
