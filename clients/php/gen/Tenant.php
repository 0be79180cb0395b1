<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** A merchant. */
final class Tenant extends Message
{
    public function __construct(
        /** Its name, unique. */
        public string $name = '',
        /** When it was created. */
        public ?Timestamp $createTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('name', '', 'string'),
            $in->optional('createTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('name', $this->name, '', 'string');
        $out->optional('createTime', $this->createTime, 'timestamp');
    }
}
