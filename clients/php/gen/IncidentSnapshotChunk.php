<?php

// Generated from erpsync/v1/monitoring.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Some incidents of a snapshot. */
final class IncidentSnapshotChunk extends Message
{
    public function __construct(
        /**
         * By kind and subject.
         *
         * @var list<Incident>
         */
        public array $incidents = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('incidents', 'message', Incident::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('incidents', $this->incidents, 'message');
    }
}
