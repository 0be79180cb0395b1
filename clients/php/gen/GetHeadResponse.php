<?php

// Generated from erpsync/v1/change_service.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** How far the history has come. */
final class GetHeadResponse extends Message
{
    public function __construct(
        /** The newest revision; 0 where nothing ever happened. */
        public int $revision = 0,
        /** Up to where the log was pruned: tokens of before are refused with RESUME_TOKEN_EXPIRED. */
        public int $logStartRevision = 0,
        /** Which life of the database this is; rises by one with each restore. */
        public int $incarnation = 0,
        /** The server's clock. */
        public ?Timestamp $serverTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('revision', 0, 'int64'),
            $in->one('logStartRevision', 0, 'int64'),
            $in->one('incarnation', 0, 'int64'),
            $in->optional('serverTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('logStartRevision', $this->logStartRevision, 0, 'int64');
        $out->one('incarnation', $this->incarnation, 0, 'int64');
        $out->optional('serverTime', $this->serverTime, 'timestamp');
    }
}
