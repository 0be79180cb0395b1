<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A caller inside an environment. */
final class SystemInfo extends Message
{
    public function __construct(
        /** The tenant's name. */
        public string $tenant = '',
        /** The environment's name. */
        public string $environment = '',
        /** Its name, unique within the environment: `shop-a`. */
        public string $name = '',
        /**
         * What it is.
         *
         * @var SystemKind|string A value that is newer than this client is its name.
         */
        public SystemKind|string $kind = SystemKind::DEFAULT,
        /** When it was created. */
        public ?Timestamp $createTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('tenant', '', 'string'),
            $in->one('environment', '', 'string'),
            $in->one('name', '', 'string'),
            $in->one('kind', SystemKind::DEFAULT, 'enum', SystemKind::class),
            $in->optional('createTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('environment', $this->environment, '', 'string');
        $out->one('name', $this->name, '', 'string');
        $out->one('kind', $this->kind, SystemKind::DEFAULT, 'enum');
        $out->optional('createTime', $this->createTime, 'timestamp');
    }
}
