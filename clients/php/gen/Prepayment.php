<?php

// Generated from erpsync/v1/invoices.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/**
 * What became of a prepayment invoice. At each rate and in sum: deducted + credited + deductible = what
 * it comes to.
 */
final class Prepayment extends Message
{
    public function __construct(
        /** What later invoices have deducted, and no credit note has taken back. */
        public ?PrepaymentAmounts $deducted = null,
        /** What may still be deducted, or credited. */
        public ?PrepaymentAmounts $deductible = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('deducted', 'message', PrepaymentAmounts::class),
            $in->optional('deductible', 'message', PrepaymentAmounts::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('deducted', $this->deducted, 'message');
        $out->optional('deductible', $this->deductible, 'message');
    }
}
