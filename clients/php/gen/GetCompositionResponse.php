<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What it is made of. */
final class GetCompositionResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?Composition $composition = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('composition', 'message', Composition::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('composition', $this->composition, 'message');
    }
}
