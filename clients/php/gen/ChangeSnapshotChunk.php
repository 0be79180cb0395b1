<?php

// Generated from erpsync/v1/change_service.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Some entries of a snapshot. */
final class ChangeSnapshotChunk extends Message
{
    public function __construct(
        /**
         * By kind, then key.
         *
         * @var list<ChangeEntry>
         */
        public array $entries = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('entries', 'message', ChangeEntry::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('entries', $this->entries, 'message');
    }
}
