<?php

// Generated from erpsync/v1/compositions.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** What one article is made of, as its source says. */
final class CompositionStatement extends Message
{
    public function __construct(
        /**
         * The article, 1 to 255 bytes. Refused with ARTICLE_HAS_STOCK where something of it lies anywhere, or
         * is promised or waited for, and it was made of nothing before: state 0 first, and let its orders end.
         */
        public string $sku = '',
        /**
         * What is in one unit of it: 0 to 50 other articles, each once. One article: this is a packing of it,
         * and statements and movements of the packing are counted in units of that article. None: it is an
         * article of its own again; orders that are open keep what they were placed with. An article is, or
         * was, in 100 others at most, because a change of it is told of each; refused with COMPOSITION_LIMIT
         * beyond.
         *
         * @var list<CompositionPart>
         */
        public array $parts = [],
        /** Raised when the source was restored or renumbered; not negative. */
        public int $sourceEpoch = 0,
        /**
         * Rises with each change of the article at its source. A lower (epoch, version) than the last is STALE;
         * the same is a DUPLICATE, or refused with SOURCE_VERSION_REUSED if it says something else. Not
         * negative.
         */
        public int $sourceVersion = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->many('parts', 'message', CompositionPart::class),
            $in->one('sourceEpoch', 0, 'int64'),
            $in->one('sourceVersion', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->many('parts', $this->parts, 'message');
        $out->one('sourceEpoch', $this->sourceEpoch, 0, 'int64');
        $out->one('sourceVersion', $this->sourceVersion, 0, 'int64');
    }
}
