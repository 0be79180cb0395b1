<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of returns. */
final class ListReturnsResponse extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<Return_>
         */
        public array $returns = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('returns', 'message', Return_::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('returns', $this->returns, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
