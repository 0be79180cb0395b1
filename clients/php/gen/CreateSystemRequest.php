<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for a system. */
final class CreateSystemRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /** The tenant's name. */
        public string $tenant = '',
        /** The environment's name. */
        public string $environment = '',
        /** Its name. */
        public string $name = '',
        /**
         * What it is.
         *
         * @var SystemKind|string A value that is newer than this client is its name.
         */
        public SystemKind|string $kind = SystemKind::DEFAULT,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->one('tenant', '', 'string'),
            $in->one('environment', '', 'string'),
            $in->one('name', '', 'string'),
            $in->one('kind', SystemKind::DEFAULT, 'enum', SystemKind::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('environment', $this->environment, '', 'string');
        $out->one('name', $this->name, '', 'string');
        $out->one('kind', $this->kind, SystemKind::DEFAULT, 'enum');
    }
}
