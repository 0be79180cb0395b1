<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Who leads. */
final class GetOwnershipResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?Ownership $ownership = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('ownership', 'message', Ownership::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('ownership', $this->ownership, 'message');
    }
}
