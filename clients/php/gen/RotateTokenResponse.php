<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The token has a new secret. */
final class RotateTokenResponse extends Message
{
    public function __construct(
        /** As it is now. */
        public ?TokenInfo $token = null,
        /**
         * What the caller sends as `authorization: Bearer …` from now on. Shown this once: a repeated call
         * answers without it. If the first answer was lost, rotate again.
         */
        public string $secret = '',
        /** The operators' revision at which it was done. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('token', 'message', TokenInfo::class),
            $in->one('secret', '', 'string'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('token', $this->token, 'message');
        $out->one('secret', $this->secret, '', 'string');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
