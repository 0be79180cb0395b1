<?php

// Generated from erpsync/v1/change_service.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Asks how far the history has come. */
final class GetHeadRequest extends Message
{
    public static function read(Reader $in): static
    {
        return new self();
    }

    protected function write(Writer $out): void
    {
    }
}
