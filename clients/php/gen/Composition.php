<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What an article is made of. */
final class Composition extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes, compared exactly. */
        public string $sku = '',
        /**
         * What is in one unit of it, by sku; none: it is an article of its own again.
         *
         * @var list<CompositionPart>
         */
        public array $parts = [],
        /** As its source said. */
        public int $sourceEpoch = 0,
        /** As its source said. */
        public int $sourceVersion = 0,
        /** The revision of the last change. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->many('parts', 'message', CompositionPart::class),
            $in->one('sourceEpoch', 0, 'int64'),
            $in->one('sourceVersion', 0, 'int64'),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->many('parts', $this->parts, 'message');
        $out->one('sourceEpoch', $this->sourceEpoch, 0, 'int64');
        $out->one('sourceVersion', $this->sourceVersion, 0, 'int64');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
