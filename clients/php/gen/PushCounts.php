<?php

// Generated from erpsync/v1/push.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** How many items ended how. */
final class PushCounts extends Message
{
    public function __construct(
        /** Done. */
        public int $applied = 0,
        /** True already. */
        public int $unchanged = 0,
        /** Said before. */
        public int $duplicate = 0,
        /** Something newer is known. */
        public int $stale = 0,
        /** Not done; the problem of each says why. */
        public int $refused = 0,
        /** Kept, and waiting. */
        public int $parked = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('applied', 0, 'int64'),
            $in->one('unchanged', 0, 'int64'),
            $in->one('duplicate', 0, 'int64'),
            $in->one('stale', 0, 'int64'),
            $in->one('refused', 0, 'int64'),
            $in->one('parked', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('applied', $this->applied, 0, 'int64');
        $out->one('unchanged', $this->unchanged, 0, 'int64');
        $out->one('duplicate', $this->duplicate, 0, 'int64');
        $out->one('stale', $this->stale, 0, 'int64');
        $out->one('refused', $this->refused, 0, 'int64');
        $out->one('parked', $this->parked, 0, 'int64');
    }
}
