<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A page of invoices. */
final class ListInvoicesResponse extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<Invoice>
         */
        public array $invoices = [],
        /** For the next page; empty: this was the last. */
        public string $nextPageToken = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('invoices', 'message', Invoice::class),
            $in->one('nextPageToken', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('invoices', $this->invoices, 'message');
        $out->one('nextPageToken', $this->nextPageToken, '', 'string');
    }
}
