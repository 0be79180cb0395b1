<?php

// Generated from erpsync/v1/ownership.proto; never edited. See clients/templates.

declare(strict_types=1);

namespace Erpsync\V1;

use Erpsync\Json\Reader;
use Erpsync\Json\Writer;
use Erpsync\Message;

/** Says who leads. */
final class SetOwnershipRequest extends Message
{
    public function __construct(
        /** The identity of this write, 1 to 64 visible ASCII characters. */
        public string $requestId = '',
        /**
         * What is led.
         *
         * @var DataSet|string A value that is newer than this client is its name.
         */
        public DataSet|string $dataSet = DataSet::DEFAULT,
        /** The warehouse or store, at most 64 bytes; empty: `main`. */
        public string $location = '',
        /** The leading system's name in this environment; empty: nobody leads any more. */
        public string $leader = '',
        /**
         * What becomes of what others state; unspecified: REJECT.
         *
         * @var OwnershipPolicy|string A value that is newer than this client is its name.
         */
        public OwnershipPolicy|string $policy = OwnershipPolicy::DEFAULT,
    ) {
    }

    public static function read(Reader $in): static
    {
        return new self(
            $in->one('requestId', '', 'string'),
            $in->one('dataSet', DataSet::DEFAULT, 'enum', DataSet::class),
            $in->one('location', '', 'string'),
            $in->one('leader', '', 'string'),
            $in->one('policy', OwnershipPolicy::DEFAULT, 'enum', OwnershipPolicy::class),
        );
    }

    protected function write(Writer $out): void
    {
        $out->one('requestId', $this->requestId, '', 'string');
        $out->one('dataSet', $this->dataSet, DataSet::DEFAULT, 'enum');
        $out->one('location', $this->location, '', 'string');
        $out->one('leader', $this->leader, '', 'string');
        $out->one('policy', $this->policy, OwnershipPolicy::DEFAULT, 'enum');
    }
}
