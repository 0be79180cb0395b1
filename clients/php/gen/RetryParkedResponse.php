<?php

// Generated from erpsync/v1/parking.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What became of each. */
final class RetryParkedResponse extends Message
{
    public function __construct(
        /**
         * In the order of the ids.
         *
         * @var list<RetryResult>
         */
        public array $results = [],
        /** The revision at or after which everyone sees it. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('results', 'message', RetryResult::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('results', $this->results, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
