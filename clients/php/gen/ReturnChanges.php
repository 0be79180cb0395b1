<?php

// Generated from erpsync/v1/returns.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Returns that have changed. */
final class ReturnChanges extends Message
{
    public function __construct(
        /** Where the reader was before: what lies between was not of its filter. */
        public int $previousRevision = 0,
        /** Where it is now. */
        public int $revision = 0,
        /**
         * Each as it is now, at least as new as the revision.
         *
         * @var list<Return_>
         */
        public array $returns = [],
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('previousRevision', 0, 'int64'),
            $in->one('revision', 0, 'int64'),
            $in->many('returns', 'message', Return_::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('previousRevision', $this->previousRevision, 0, 'int64');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->many('returns', $this->returns, 'message');
    }
}
