<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The token is worthless. */
final class RevokeTokenResponse extends Message
{
    public function __construct(
        /** As revoked. */
        public ?TokenInfo $token = null,
        /** The operators' revision at which it was done. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('token', 'message', TokenInfo::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('token', $this->token, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
