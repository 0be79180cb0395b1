<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** One closed world of a tenant. */
final class EnvironmentInfo extends Message
{
    public function __construct(
        /** The tenant's name. */
        public string $tenant = '',
        /** Its name, unique within the tenant: `production`. */
        public string $name = '',
        /** When it was created. */
        public ?Timestamp $createTime = null,
        /** Whether orders that allow it may wait for stock. */
        public bool $backOrdersAllowed = false,
        /** Whether more may be shipped than was ordered without an incident. */
        public bool $overShipmentTolerated = false,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('tenant', '', 'string'),
            $in->one('name', '', 'string'),
            $in->optional('createTime', 'timestamp'),
            $in->one('backOrdersAllowed', false, 'bool'),
            $in->one('overShipmentTolerated', false, 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('name', $this->name, '', 'string');
        $out->optional('createTime', $this->createTime, 'timestamp');
        $out->one('backOrdersAllowed', $this->backOrdersAllowed, false, 'bool');
        $out->one('overShipmentTolerated', $this->overShipmentTolerated, false, 'bool');
    }
}
