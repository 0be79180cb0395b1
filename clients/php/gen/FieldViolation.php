<?php

// Generated from erpsync/v1/common.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** One field at fault. */
final class FieldViolation extends Message
{
    public function __construct(
        /** As in the request: `tasks[2].lease`. */
        public string $path = '',
        /** What is wrong with it. */
        public string $description = '',
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('path', '', 'string'),
            $in->one('description', '', 'string'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('path', $this->path, '', 'string');
        $out->one('description', $this->description, '', 'string');
    }
}
