<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** An invoice. */
final class GetInvoiceResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?Invoice $invoice = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('invoice', 'message', Invoice::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('invoice', $this->invoice, 'message');
    }
}
