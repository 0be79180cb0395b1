<?php

// Generated from erpsync/v1/monitoring.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What to watch. */
final class IncidentFilter extends Message
{
    public function __construct(
        /**
         * Only of this kind; unspecified: of all. Unknown ones are refused with FIELD_INVALID.
         *
         * @var IncidentKind|string A value that is newer than this client is its name.
         */
        public IncidentKind|string $kind = IncidentKind::DEFAULT,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('kind', IncidentKind::DEFAULT, 'enum', IncidentKind::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('kind', $this->kind, IncidentKind::DEFAULT, 'enum');
    }
}
