<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** How much of an article is in one unit of another. */
final class CompositionPart extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /** Units of it, more than zero. */
        public string $quantity = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('quantity', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('quantity', $this->quantity, '', 'string');
    }
}
