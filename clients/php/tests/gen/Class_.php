<?php

// Generated from erpsync/kinds/v1/kinds.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\Tests\Kinds;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Names that are words of a language. */
final class Class_ extends Message
{
    public function __construct(
        /** A message that is called as it. */
        public ?Return_ $return = null,
        /** A field that is called as its message. */
        public string $class = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('return', 'message', Return_::class),
            $in->one('class', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('return', $this->return, 'message');
        $out->one('class', $this->class, '', 'string');
    }
}
