<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A document by the number that another system has given it. */
final class ExternalReference extends Message
{
    public function __construct(
        /**
         * The system that gave the number: its name in this environment, at most 64 bytes. Empty: the
         * caller itself.
         */
        public string $system = '',
        /** The number there, 1 to 255 bytes. */
        public string $externalId = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('system', '', 'string'),
            $in->one('externalId', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('system', $this->system, '', 'string');
        $out->one('externalId', $this->externalId, '', 'string');
    }
}
