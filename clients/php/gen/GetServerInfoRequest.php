<?php

// Generated from erpsync/v1/server_info.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks for facts. */
final class GetServerInfoRequest extends Message
{
    public static function read(Reader $in): static
    {
        return new self();
    }

    protected function write(Writer $out): void
    {
    }
}
