<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Some returns of a snapshot. */
final class ReturnSnapshotChunk extends Message
{
    public function __construct(
        /**
         * Oldest first.
         *
         * @var list<Return_>
         */
        public array $returns = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->many('returns', 'message', Return_::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->many('returns', $this->returns, 'message');
    }
}
