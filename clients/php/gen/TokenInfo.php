<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A token without its secret. */
final class TokenInfo extends Message
{
    public function __construct(
        /** Its id: the part between `esk_` and the secret. */
        public string $tokenId = '',
        /** The tenant's name; empty for an operator's. */
        public string $tenant = '',
        /** The environment's name; empty for an operator's. */
        public string $environment = '',
        /** The system's name; empty for an operator's. */
        public string $system = '',
        /** When it was created. */
        public ?Timestamp $createTime = null,
        /** When it ends; absent: never. */
        public ?Timestamp $expireTime = null,
        /** When it was revoked; absent: it was not. */
        public ?Timestamp $revokeTime = null,
        /** What it may call of what the kind of its system may; absent: all of that. */
        public ?TokenScope $scope = null,
        /** When its secret was changed last; absent: never. */
        public ?Timestamp $rotateTime = null,
        /** Until when the secret of before is good as well; absent: there was none. */
        public ?Timestamp $previousSecretExpireTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('tokenId', '', 'string'),
            $in->one('tenant', '', 'string'),
            $in->one('environment', '', 'string'),
            $in->one('system', '', 'string'),
            $in->optional('createTime', 'timestamp'),
            $in->optional('expireTime', 'timestamp'),
            $in->optional('revokeTime', 'timestamp'),
            $in->optional('scope', 'message', TokenScope::class),
            $in->optional('rotateTime', 'timestamp'),
            $in->optional('previousSecretExpireTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('tokenId', $this->tokenId, '', 'string');
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('environment', $this->environment, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->optional('createTime', $this->createTime, 'timestamp');
        $out->optional('expireTime', $this->expireTime, 'timestamp');
        $out->optional('revokeTime', $this->revokeTime, 'timestamp');
        $out->optional('scope', $this->scope, 'message');
        $out->optional('rotateTime', $this->rotateTime, 'timestamp');
        $out->optional('previousSecretExpireTime', $this->previousSecretExpireTime, 'timestamp');
    }
}
