<?php

// Generated from erpsync/kinds/v1/kinds.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\Tests\Kinds;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Something that goes back. */
final class Return_ extends Message
{
    public function __construct(
        /** Where. */
        public string $namespace = '',
        /**
         * A list.
         *
         * @var list<string>
         */
        public array $list = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('namespace', '', 'string'),
            $in->many('list', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('namespace', $this->namespace, '', 'string');
        $out->many('list', $this->list, 'string');
    }
}
