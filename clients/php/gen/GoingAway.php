<?php

// Generated from erpsync/v1/changes.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Duration;
use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The server is stopping: connect again and resume. */
final class GoingAway extends Message
{
    public function __construct(
        /** How long to wait before. */
        public ?Duration $retryDelay = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('retryDelay', 'duration'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('retryDelay', $this->retryDelay, 'duration');
    }
}
