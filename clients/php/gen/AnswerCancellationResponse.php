<?php

// Generated from erpsync/v1/orders.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** It is answered. */
final class AnswerCancellationResponse extends Message
{
    public function __construct(
        /**
         * How.
         *
         * @var CancellationStatus|string A value that is newer than this client is its name.
         */
        public CancellationStatus|string $status = CancellationStatus::DEFAULT,
        /**
         * Of each line, in the order of the wish.
         *
         * @var list<CancellationLine>
         */
        public array $lines = [],
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('status', CancellationStatus::DEFAULT, 'enum', CancellationStatus::class),
            $in->many('lines', 'message', CancellationLine::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('status', $this->status, CancellationStatus::DEFAULT, 'enum');
        $out->many('lines', $this->lines, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
