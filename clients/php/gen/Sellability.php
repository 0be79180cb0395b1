<?php

// Generated from erpsync/v1/stock.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Whether an article may be sold at all. */
final class Sellability extends Message
{
    public function __construct(
        /** The article, 1 to 255 bytes. */
        public string $sku = '',
        /** Raised when the source was restored or renumbered; not negative. */
        public int $sourceEpoch = 0,
        /**
         * Rises with each change of the article at its source; more than zero. A higher (epoch, version)
         * than the last applies; the same with the same content is UNCHANGED, with other content refused
         * with SOURCE_VERSION_REUSED; a lower one is STALE.
         */
        public int $sourceVersion = 0,
        /** Whether it may not be sold. */
        public bool $blocked = false,
        /** Whether what is there is the last: nothing may wait for more. */
        public bool $closedOut = false,
        /** From when on it may be sold; absent: ever since. */
        public ?Timestamp $fromTime = null,
        /** Until when, exclusive, and later than `from_time`; absent: without end. */
        public ?Timestamp $untilTime = null,
        /**
         * What follows from this now; unspecified in requests.
         *
         * @var Sale|string A value that is newer than this client is its name.
         */
        public Sale|string $sale = Sale::DEFAULT,
        /** Of the last change, also that time moved it on; 0 in requests. */
        public int $revision = 0,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('sku', '', 'string'),
            $in->one('sourceEpoch', 0, 'int64'),
            $in->one('sourceVersion', 0, 'int64'),
            $in->one('blocked', false, 'bool'),
            $in->one('closedOut', false, 'bool'),
            $in->optional('fromTime', 'timestamp'),
            $in->optional('untilTime', 'timestamp'),
            $in->one('sale', Sale::DEFAULT, 'enum', Sale::class),
            $in->one('revision', 0, 'int64'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('sku', $this->sku, '', 'string');
        $out->one('sourceEpoch', $this->sourceEpoch, 0, 'int64');
        $out->one('sourceVersion', $this->sourceVersion, 0, 'int64');
        $out->one('blocked', $this->blocked, false, 'bool');
        $out->one('closedOut', $this->closedOut, false, 'bool');
        $out->optional('fromTime', $this->fromTime, 'timestamp');
        $out->optional('untilTime', $this->untilTime, 'timestamp');
        $out->one('sale', $this->sale, Sale::DEFAULT, 'enum');
        $out->one('revision', $this->revision, 0, 'int64');
    }
}
