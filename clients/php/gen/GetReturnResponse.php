<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** A return. */
final class GetReturnResponse extends Message
{
    public function __construct(
        /** As it is. */
        public ?Return_ $return = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('return', 'message', Return_::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('return', $this->return, 'message');
    }
}
