<?php

// Generated from erpsync/v1/admin.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** The environment is there. */
final class CreateEnvironmentResponse extends Message
{
    public function __construct(
        /** As created. */
        public ?EnvironmentInfo $environment = null,
        /** The operators' revision at which it was done. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->optional('environment', 'message', EnvironmentInfo::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->optional('environment', $this->environment, 'message');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
