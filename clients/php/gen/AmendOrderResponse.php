<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of the wish. */
final class AmendOrderResponse extends Message
{
    public function __construct(
        /** erpsync's id of it; empty where it is STALE. */
        public string $amendmentId = '',
        /**
         * ACCEPTED, REQUESTED where the ERP has to answer, or STALE.
         *
         * @var AmendmentStatus|string A value that is newer than this client is its name.
         */
        public AmendmentStatus|string $status = AmendmentStatus::DEFAULT,
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('amendmentId', '', 'string'),
            $in->one('status', AmendmentStatus::DEFAULT, 'enum', AmendmentStatus::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('amendmentId', $this->amendmentId, '', 'string');
        $out->one('status', $this->status, AmendmentStatus::DEFAULT, 'enum');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
