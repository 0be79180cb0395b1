<?php

// Generated from erpsync/v1/server_info.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** The facts. */
final class GetServerInfoResponse extends Message
{
    public function __construct(
        /** The server's version: `0.1.0`. */
        public string $version = '',
        /** The server's clock, in UTC. */
        public ?Timestamp $serverTime = null,
        /** The tenant that the token belongs to; empty for an operator's. */
        public string $tenant = '',
        /** The environment that the token belongs to; empty for an operator's. */
        public string $environment = '',
        /** The system that the token belongs to; empty for an operator's. */
        public string $system = '',
        /**
         * Rises when the database is restored from an older copy; revisions of different incarnations
         * cannot be compared.
         */
        public int $incarnation = 0,
        /** What is refused at one more. */
        public ?Limits $limits = null,
        /**
         * What the caller is, which says what it may call (docs/api/rights.md).
         *
         * @var SystemKind|string A value that is newer than this client is its name.
         */
        public SystemKind|string $kind = SystemKind::DEFAULT,
        /** What this token may call of what its kind may; absent: all of that. */
        public ?TokenScope $scope = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('version', '', 'string'),
            $in->optional('serverTime', 'timestamp'),
            $in->one('tenant', '', 'string'),
            $in->one('environment', '', 'string'),
            $in->one('system', '', 'string'),
            $in->one('incarnation', 0, 'int64'),
            $in->optional('limits', 'message', Limits::class),
            $in->one('kind', SystemKind::DEFAULT, 'enum', SystemKind::class),
            $in->optional('scope', 'message', TokenScope::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('version', $this->version, '', 'string');
        $out->optional('serverTime', $this->serverTime, 'timestamp');
        $out->one('tenant', $this->tenant, '', 'string');
        $out->one('environment', $this->environment, '', 'string');
        $out->one('system', $this->system, '', 'string');
        $out->one('incarnation', $this->incarnation, 0, 'int64');
        $out->optional('limits', $this->limits, 'message');
        $out->one('kind', $this->kind, SystemKind::DEFAULT, 'enum');
        $out->optional('scope', $this->scope, 'message');
    }
}
