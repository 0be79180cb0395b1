<?php

// Generated from erpsync/v1/push.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Ends an upload. The end of the stream alone means nothing. */
final class PushFinish extends Message
{
    public static function read(Reader $in): static
    {
        return new self();
    }

    protected function write(Writer $out): void
    {
    }
}
