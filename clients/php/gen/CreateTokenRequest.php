<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Asks for a token. */
final class CreateTokenRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /** The tenant's name; empty, with the two below, for an operator's token. */
        public string $tenant = '',
        /** The environment's name. */
        public string $environment = '',
        /** The system's name. */
        public string $system = '',
        /** When it ends, in the future; absent: never. */
        public ?Timestamp $expireTime = null,
        /**
         * What it may call; absent: all that the kind of its system may. What that kind may not call cannot be
         * named.
         */
        public ?TokenScope $scope = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->one('tenant', '', 'string'),
            $in->one('environment', '', 'string'),
            $in->one('system', '', 'string'),
            $in->optional('expireTime', 'timestamp'),
            $in->optional('scope', 'message', TokenScope::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('environment', $this->environment, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->optional('scope', $this->scope, 'message');
    }
}
