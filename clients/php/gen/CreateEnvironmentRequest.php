<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for an environment. */
final class CreateEnvironmentRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /** The tenant's name. */
        public string $tenant = '',
        /** Its name. */
        public string $name = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->one('tenant', '', 'string'),
            $in->one('name', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('name', $this->name, '', 'string');
    }
}
