<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of compositions. */
final class ListCompositionsResponse extends Message
{
    public function __construct(
        /**
         * By sku; also of articles that were made of others before, without parts.
         *
         * @var list<Composition>
         */
        public array $compositions = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('compositions', 'message', Composition::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('compositions', $this->compositions, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
