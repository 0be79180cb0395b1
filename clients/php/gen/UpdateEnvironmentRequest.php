<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Sets what an environment permits. */
final class UpdateEnvironmentRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /** The tenant's name. */
        public string $tenant = '',
        /** The environment's name. */
        public string $name = '',
        /** Whether orders that allow it may wait for stock. True for a new environment. */
        public bool $backOrdersAllowed = false,
        /**
         * Whether more may be shipped than was ordered without an incident; absent: as it is. False for
         * a new environment. What is beyond its order already is judged anew when it next changes.
         */
        public ?bool $overShipmentTolerated = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->one('tenant', '', 'string'),
            $in->one('name', '', 'string'),
            $in->one('backOrdersAllowed', false, 'bool'),
            $in->optional('overShipmentTolerated', 'bool'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('name', $this->name, '', 'string');
        $out->one('backOrdersAllowed', $this->backOrdersAllowed, false, 'bool');
        $out->optional('overShipmentTolerated', $this->overShipmentTolerated, 'bool');
    }
}
