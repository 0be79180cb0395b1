<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;
use Erpsync\Timestamp;

/** Who leads a data set at a location. */
final class Ownership extends Message
{
    public function __construct(
        /**
         * What is led.
         *
         * @var DataSet|string A value that is newer than this client is its name.
         */
        public DataSet|string $dataSet = DataSet::DEFAULT,
        /** Where, 1 to 64 bytes. */
        public string $location = '',
        /** The leading system's name in this environment. */
        public string $leader = '',
        /**
         * What becomes of what others state.
         *
         * @var OwnershipPolicy|string A value that is newer than this client is its name.
         */
        public OwnershipPolicy|string $policy = OwnershipPolicy::DEFAULT,
        /** Since when it leads, by the database's clock. */
        public ?Timestamp $setTime = null,
        /** The revision since which it leads. */
        public int $revision = 0,
        /** How many statements of other systems were refused since. */
        public int $refusedCount = 0,
        /** Whose the last of these was; empty where there was none. */
        public string $lastRefusedSystem = '',
        /** When that was; absent where there was none. */
        public ?Timestamp $lastRefusedTime = null,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('dataSet', DataSet::DEFAULT, 'enum', DataSet::class),
            $in->one('location', '', 'string'),
            $in->one('leader', '', 'string'),
            $in->one('policy', OwnershipPolicy::DEFAULT, 'enum', OwnershipPolicy::class),
            $in->optional('setTime', 'timestamp'),
            $in->one('revision', 0, 'int64'),
            $in->one('refusedCount', 0, 'int64'),
            $in->one('lastRefusedSystem', '', 'string'),
            $in->optional('lastRefusedTime', 'timestamp'),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('dataSet', $this->dataSet, DataSet::DEFAULT, 'enum');
        $out->one('location', $this->location, '', 'string');
        $out->one('leader', $this->leader, '', 'string');
        $out->one('policy', $this->policy, OwnershipPolicy::DEFAULT, 'enum');
        $out->optional('setTime', $this->setTime, 'timestamp');
        $out->one('revision', $this->revision, 0, 'int64');
        $out->one('refusedCount', $this->refusedCount, 0, 'int64');
        $out->one('lastRefusedSystem', $this->lastRefusedSystem, '', 'string');
        $out->optional('lastRefusedTime', $this->lastRefusedTime, 'timestamp');
    }
}
